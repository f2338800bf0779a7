//! **Handles**: the files that a process may hold open at once. A system that gives no more of
//! them refuses files that are sound, so advice about the file would mislead.

use std::io;

use super::Message;

/// `EMFILE` and `ENFILE`: too many files are open in the process, or on the whole machine.
#[cfg(unix)]
const TOO_MANY: [i32; 2] = [24, 23];
/// `ERROR_TOO_MANY_OPEN_FILES`.
#[cfg(not(unix))]
const TOO_MANY: [i32; 1] = [4];

/// What to do where `error` says that too many files are open; `None` for any other error.
pub fn help_with_open_files(error: &io::Error) -> Option<Message> {
    error.raw_os_error().filter(|number| TOO_MANY.contains(number))?;
    Some(crate::message!(
        ja: "開いているファイルが多すぎます。ほかのプログラムを終了するか、開けるファイルの数の上限を上げてください（例：「ulimit -n 1024」）",
        en: "too many files are open: end other programs, or raise the limit, for example with `ulimit -n 1024`",
    ))
}
