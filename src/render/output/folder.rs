//! What lies in the output folder: looking, comparing, removing. No function follows a symbolic link out of it.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::{CHUNK, TEMPORARY, check_name};
use crate::path::SitePath;

/// What is found at a path, symbolic links not followed.
#[derive(Debug)]
pub(super) enum Entry {
    Nothing,
    File(Metadata),
    Folder,
    /// A symbolic link, a device ..
    Other,
}

/// Looks at a path.
pub(super) fn entry(path: &Path) -> io::Result<Entry> {
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_file() => Ok(Entry::File(about)),
        Ok(about) if about.is_dir() => Ok(Entry::Folder),
        Ok(_) => Ok(Entry::Other),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(Entry::Nothing)
        }
        Err(error) => Err(error),
    }
}

/// Whether a folder holds anything but what a killed build may have left before it wrote its manifest.
pub(super) fn holds_foreign_files(root: &Path) -> io::Result<bool> {
    for item in fs::read_dir(root)? {
        let item = item?;
        if item.file_name() != TEMPORARY || !item.file_type()?.is_dir() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How the name of the folder begins that a first build makes its site in: `first-123`, the process after it.
pub(super) const FIRST: &str = "first";

/// Removes what a killed build left in its temporary folder: files `123-45`, process and number, and sites `first-123`.
pub(super) fn sweep(temporary: &Path) {
    let Ok(Entry::Folder) = entry(temporary) else { return };
    let Ok(items) = fs::read_dir(temporary) else { return };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    for item in items.flatten() {
        let (name, Ok(kind)) = (item.file_name(), item.file_type()) else { continue };
        match name.to_str().and_then(|name| name.split_once('-')) {
            Some((FIRST, process)) if is_number(process) && kind.is_dir() => {
                let _ = fs::remove_dir_all(item.path());
            }
            Some((process, number)) if is_number(process) && is_number(number) && kind.is_file() => {
                let _ = fs::remove_file(item.path());
            }
            _ => {}
        }
    }
    let _ = fs::remove_dir(temporary);
}

/// Moves everything in the folder `from` into the folder `to`, `first` before all else. Nothing is replaced: where a name
/// is taken, nothing is moved.
pub(super) fn move_all(from: &Path, to: &Path, first: &str) -> io::Result<()> {
    let mut names = fs::read_dir(from)?.map(|item| Ok(item?.file_name())).collect::<io::Result<Vec<_>>>()?;
    names.sort_by_key(|name| name != first);
    for name in &names {
        if !matches!(entry(&to.join(name))?, Entry::Nothing) {
            let reason = format!("`{}` appeared while the site was built; move it away", name.display());
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, reason));
        }
    }
    names.iter().try_for_each(|name| patiently(|| fs::rename(from.join(name), to.join(name))))
}

/// Moves or removes something. Windows forbids it while somebody else, a virus scanner say, looks at what lies there: then
/// it is tried again, for a second or so.
pub(super) fn patiently(act: impl Fn() -> io::Result<()>) -> io::Result<()> {
    const ACCESS_DENIED: i32 = 5;
    const SHARING_VIOLATION: i32 = 32;
    let is_in_use =
        |error: &io::Error| cfg!(windows) && matches!(error.raw_os_error(), Some(ACCESS_DENIED | SHARING_VIOLATION));
    let mut pauses = [10, 20, 40, 80, 160, 320, 640].into_iter();
    loop {
        match (act(), pauses.next()) {
            (Err(error), Some(pause)) if is_in_use(&error) => thread::sleep(Duration::from_millis(pause)),
            (result, _) => return result,
        }
    }
}

/// Whether a file of the same length holds `bytes`.
pub(super) fn is_same_text(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut buffer = vec![0; CHUNK.min(bytes.len())];
    for chunk in bytes.chunks(CHUNK) {
        let buffer = &mut buffer[..chunk.len()];
        if read_chunk(&mut file, buffer)? < chunk.len() || buffer != chunk {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a file holds what `other` has from where it stands to its end.
pub(super) fn is_same_file(path: &Path, other: &mut File) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let (mut a, mut b) = (vec![0; CHUNK], vec![0; CHUNK]);
    loop {
        let (in_a, in_b) = (read_chunk(&mut file, &mut a)?, read_chunk(other, &mut b)?);
        if a[..in_a] != b[..in_b] {
            return Ok(false);
        }
        if in_a < CHUNK {
            return Ok(true);
        }
    }
}

/// Fills `buffer` as far as the reader goes; shorter only at the end.
fn read_chunk(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Whether two spellings name one file, as they do where the file system ignores case.
pub(super) fn is_one_file(root: &Path, old: &SitePath, new: &SitePath) -> bool {
    same_file::is_same_file(root.join(old.as_str()), root.join(new.as_str())).unwrap_or(false)
}

/// Removes a file that a manifest lists, and the folders from `within` down that become empty. Tells whether there was such a file.
///
/// Leaves alone what lies behind a symbolic link, and what is no file: an earlier build did not make that.
pub(super) fn remove(root: &Path, path: &SitePath, within: &str) -> io::Result<bool> {
    if check_name(path).is_err() {
        return Ok(false);
    }
    let folders: Vec<&str> = ancestors(path.as_str()).collect();
    for folder in folders.iter().rev() {
        match entry(&root.join(folder))? {
            Entry::Folder => {}
            Entry::Nothing => continue,
            Entry::File(_) | Entry::Other => return Ok(false),
        }
    }
    let target = root.join(path.as_str());
    let is_there = matches!(entry(&target)?, Entry::File(_));
    if is_there {
        patiently(|| fs::remove_file(&target))?;
    }
    for folder in folders.into_iter().filter(|folder| crate::path::below(folder, within).is_some() || *folder == within)
    {
        // Fails for a folder that is not empty, which stays with those above it.
        match fs::remove_dir(root.join(folder)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => break,
            _ => {}
        }
    }
    Ok(is_there)
}

/// The folders above a path, the nearest first, without the root.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(crate::path::parent(path)), |folder| Some(crate::path::parent(folder)))
        .take_while(|folder| !folder.is_empty())
}
