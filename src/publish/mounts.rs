//! **Mounts** of the output folder. A mount that shows a folder elsewhere (to a web server, to a
//! container) refers to the folder itself, not to its path. If another folder took its place, the
//! mount would still show the old one, emptied.
//!
//! Linux lists mounts in `/proc`. On other systems mounts are unknown, and the system itself
//! refuses to exchange a mount point.

use std::path::{Path, PathBuf};

/// How a folder is mounted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mounted {
    /// It is a mount point, or contains one, at this path.
    Point(PathBuf),
    /// It, or a folder in it, is also mounted at this path, perhaps in another container.
    Shown(PathBuf),
}

/// How `folder` is mounted, if it is. Mounts of other processes are considered as far as they can
/// be read.
pub(super) fn of(folder: &Path) -> Option<Mounted> {
    #[cfg(target_os = "linux")]
    return linux::of(folder);
    #[cfg(not(target_os = "linux"))]
    {
        let _nothing_is_known_of = folder;
        None
    }
}

/// One line of `/proc/<pid>/mountinfo` (proc_pid_mountinfo(5)).
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "mounts are read on Linux only"))]
#[derive(Debug, PartialEq, Eq)]
struct Mount {
    /// Major and minor number of the file system's device.
    device: String,
    /// The folder of the file system that is mounted.
    root: PathBuf,
    /// The mount point.
    point: PathBuf,
}

#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "mounts are read on Linux only"))]
impl Mount {
    fn parse(line: &str) -> Option<Self> {
        let mut fields = line.split(' ').skip(2);
        let device = fields.next()?.to_owned();
        let (root, point) = (unescaped(fields.next()?), unescaped(fields.next()?));
        Some(Self { device, root, point })
    }
}

/// Decodes a path in which spaces, tabs, line breaks and backslashes are written in octal.
fn unescaped(field: &str) -> PathBuf {
    let text = [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(field.to_owned(), |text, (escaped, character)| text.replace(escaped, character));
    PathBuf::from(text)
}

/// How `folder` is mounted by `own`, the mounts of this process, or mounted elsewhere by `own` or
/// `others`.
#[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "mounts are read on Linux only"))]
fn among(folder: &Path, own: &[Mount], others: &[Mount]) -> Option<Mounted> {
    if let Some(inner) = own.iter().find(|mount| mount.point.starts_with(folder)) {
        return Some(Mounted::Point(inner.point.clone()));
    }
    // The last of the innermost mounts above the folder is the visible one.
    let above = own.iter().filter(|mount| folder.starts_with(&mount.point));
    let seen = above.max_by_key(|mount| mount.point.components().count())?;
    let within = seen.root.join(folder.strip_prefix(&seen.point).ok()?);
    let shows = |mount: &&Mount| mount.device == seen.device && mount.root.starts_with(&within);
    let shown = own.iter().chain(others).find(shows)?;
    Some(Mounted::Shown(shown.point.clone()))
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::{Mount, Mounted, among};

    pub(super) fn of(folder: &Path) -> Option<Mounted> {
        let own = mounts_of("self")?;
        among(folder, &own, &others())
    }

    /// The mounts of processes in other namespaces, one process of each.
    fn others() -> Vec<Mount> {
        let mut namespaces: BTreeSet<_> = namespace_of("self").into_iter().collect();
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let processes = names.filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()));
        processes
            .filter(|process| {
                namespace_of(process).is_some_and(|namespace| namespaces.insert(namespace))
            })
            .filter_map(|process| mounts_of(&process))
            .flatten()
            .collect()
    }

    fn namespace_of(process: &str) -> Option<std::path::PathBuf> {
        fs::read_link(format!("/proc/{process}/ns/mnt")).ok()
    }

    fn mounts_of(process: &str) -> Option<Vec<Mount>> {
        let text = fs::read_to_string(format!("/proc/{process}/mountinfo")).ok()?;
        Some(text.lines().filter_map(Mount::parse).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{Mount, Mounted, among};

    fn mounts(lines: &[&str]) -> Vec<Mount> {
        lines.iter().filter_map(|line| Mount::parse(line)).collect()
    }

    #[test]
    fn a_folder_is_mounted_where_another_would_not_be_seen() {
        let own = mounts(&[
            "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
            "30 22 8:2 / /srv rw - ext4 /dev/sdb1 rw",
            "31 22 8:2 /city/public /var/www/my\\040site rw - ext4 /dev/sdb1 rw",
            "32 22 8:3 / /mnt/usb rw - vfat /dev/sdc1 rw",
        ]);
        let container =
            mounts(&["90 80 8:1 /home/site/out /usr/share/nginx/html ro - ext4 /dev/sda1 rw"]);
        let found = |folder: &str| among(Path::new(folder), &own, &container);
        let shown = |path: &str| Some(Mounted::Shown(PathBuf::from(path)));
        let point = |path: &str| Some(Mounted::Point(PathBuf::from(path)));
        assert_eq!(found("/srv/city/public"), shown("/var/www/my site"));
        // Whatever holds such a folder would be exchanged with it.
        assert_eq!(found("/srv/city"), shown("/var/www/my site"));
        assert_eq!(found("/var/www/my site"), point("/var/www/my site"));
        assert_eq!(found("/mnt"), point("/mnt/usb"));
        assert_eq!(found("/home/site/out"), shown("/usr/share/nginx/html"));
        for free in
            ["/srv/city/public/inner", "/srv/other", "/mnt/usb/site", "/home/site", "/home/x"]
        {
            let expected = if free == "/home/site" { shown("/usr/share/nginx/html") } else { None };
            assert_eq!(found(free), expected, "{free}");
        }
    }
}
