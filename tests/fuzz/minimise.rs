//! Makes a failing case small: whole files, then lines, then bytes are left out as long as it fails.

use crate::case::Case;

/// How often the check may run.
const MAX_TRIES: usize = 4_000;

/// The smallest case found for which `fails` holds, as it does for `case`.
pub fn minimise(mut case: Case, fails: impl Fn(&Case) -> bool) -> Case {
    let mut tries = 0;
    loop {
        let before: usize = case.files.iter().map(|(_, bytes)| bytes.len()).sum();
        for file in 0..case.files.len() {
            let mut length = case.files[file].1.len();
            while length > 0 && tries < MAX_TRIES {
                let mut at = 0;
                while at < case.files[file].1.len() && tries < MAX_TRIES {
                    let mut smaller = case.clone();
                    let end = (at + length).min(smaller.files[file].1.len());
                    smaller.files[file].1.drain(at..end);
                    tries += 1;
                    if fails(&smaller) { case = smaller } else { at += length }
                }
                length /= 2;
            }
        }
        if tries >= MAX_TRIES || case.files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() == before {
            return case;
        }
    }
}
