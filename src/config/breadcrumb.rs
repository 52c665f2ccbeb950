//! The published path of a docset, told by its breadcrumb.

/// The published path of the docset whose global metadata holds this `breadcrumb_path`, without a final slash.
///
/// `/windows/wsl/breadcrumb/toc.json` names a TOC by its published path. The TOC whose path in the docset's output
/// (with the extension `.json`) is its longest ending tells the rest: with `breadcrumb/toc.json` that is
/// `/windows/wsl`. A TOC at the root of the output counts only if the path does not name a breadcrumb folder. When
/// no TOC fits, the last two names go. `None` for a path that is not from the site's root, and for one too short.
pub fn base_path_from_breadcrumb<'a>(
    breadcrumb_path: &str,
    toc_outputs: impl Iterator<Item = &'a str>,
) -> Option<String> {
    let path = breadcrumb_path.split(['?', '#']).next().unwrap_or_default();
    let names: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
    let in_breadcrumb_folder = names.iter().rev().nth(1).is_some_and(|name| name.to_lowercase().starts_with("bread"));
    let known = toc_outputs
        .map(|output| output.split('/').collect::<Vec<&str>>())
        .filter(|output| !(output.len() == 1 && in_breadcrumb_folder) && ends_with(&names, output))
        .map(|output| output.len())
        .max();
    let kept = names.len().checked_sub(known.unwrap_or(2))?;
    let base: String = names[..kept].iter().map(|name| format!("/{name}")).collect();
    (!base.is_empty() && names[..kept].iter().all(|name| !name.is_empty())).then_some(base)
}

fn ends_with(names: &[&str], ending: &[&str]) -> bool {
    let Some(start) = names.len().checked_sub(ending.len()) else { return false };
    names[start..].iter().zip(ending).all(|(a, b)| a.eq_ignore_ascii_case(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(path: &str, tocs: &[&str]) -> Option<String> {
        base_path_from_breadcrumb(path, tocs.iter().copied())
    }

    #[test]
    fn the_toc_that_fits_tells_the_published_path() {
        let cases = [
            ("/windows/wsl/breadcrumb/toc.json", &["toc.json", "breadcrumb/toc.json"][..], "/windows/wsl"),
            (
                "/powershell/scripting/bread/toc.json",
                &["scripting/toc.json", "scripting/bread/toc.json"],
                "/powershell",
            ),
            ("/contoso/Bread/TOC.json", &["bread/toc.json"], "/contoso"),
            ("/contoso/toc.json", &["toc.json"], "/contoso"),
        ];
        for (path, tocs, wanted) in cases {
            assert_eq!(base(path, tocs).as_deref(), Some(wanted), "{path}");
        }
    }

    #[test]
    fn without_a_toc_that_fits_the_last_two_names_go() {
        assert_eq!(base("/contoso/breadcrumb/toc.json", &[]).as_deref(), Some("/contoso"));
        assert_eq!(base("/a/contoso/breadcrumb/toc.json", &["toc.json", "x/toc.json"]).as_deref(), Some("/a/contoso"));
    }

    #[test]
    fn a_path_that_tells_nothing_gives_nothing() {
        for path in ["/toc.json", "/breadcrumb/toc.json", "~/breadcrumb/toc.yml", "breadcrumb/toc.json", "", "//a/b/c"]
        {
            assert_eq!(base(path, &["toc.json", "breadcrumb/toc.json"]), None, "{path}");
        }
    }
}
