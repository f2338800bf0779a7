//! The recipe for **Apache**: an `.htaccess`, which may as well stand in a `<Directory>` of the
//! server's own settings.

use crate::config::BaseUrl;
use crate::site::served::{APART, ASK_AGAIN, FOR_EVER, Frames, MEDIA_TYPES, policy};

/// The file.
pub(super) fn recipe(base_url: &BaseUrl) -> String {
    let base = base_url.path();
    let (by_content, framed) = (super::named_by_content(base), super::framed_by_others(base));
    let (own, all) = (policy(Frames::Own), policy(Frames::All));
    let endings = |endings: &[&str]| {
        endings.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(" ")
    };
    let types: String = MEDIA_TYPES
        .iter()
        .map(|kind| format!("AddType {} {}\n", kind.name, endings(kind.endings)))
        .collect();
    let texts: Vec<&str> = MEDIA_TYPES
        .iter()
        .filter(|kind| kind.is_text)
        .flat_map(|kind| kind.endings)
        .copied()
        .collect();
    let texts = endings(&texts);
    let shrinking = MEDIA_TYPES.iter().filter(|kind| kind.shrinks).map(|kind| kind.name);
    let shrinking = shrinking.chain(APART.map(|(_, name)| name)).collect::<Vec<_>>().join(" ");
    let apart: String = APART
        .iter()
        .map(|(pattern, name)| {
            format!("<If \"%{{REQUEST_URI}} =~ m#{pattern}#\">\n  ForceType {name}\n</If>\n")
        })
        .collect();
    format!(
        r#"# The site in Apache 2.4: as .htaccess in the published folder (with `AllowOverride FileInfo
# Indexes`), or within the <Directory> of the folder. It needs the modules headers, setenvif, mime,
# dir, alias, deflate and filter.

DirectoryIndex index.html
ErrorDocument 404 {base}404.html
RedirectMatch 404 "/\.(?!well-known/)"
FileETag MTime Size

{types}AddCharset utf-8 {texts}
{apart}
Header always set X-Content-Type-Options "nosniff"
Header always set Access-Control-Allow-Origin "*"
SetEnvIf Request_URI "{framed}" KAWARABAN_BLOCK
Header always set Content-Security-Policy "{own}" env=!KAWARABAN_BLOCK
Header always set Content-Security-Policy "{all}" env=KAWARABAN_BLOCK
SetEnvIf Request_URI "{by_content}" KAWARABAN_NAMED_BY_CONTENT
Header always set Cache-Control "{ASK_AGAIN}"
Header always set Cache-Control "{FOR_EVER}" "expr=%{{REQUEST_STATUS}} < 400 && reqenv('KAWARABAN_NAMED_BY_CONTENT') != ''"

AddOutputFilterByType DEFLATE {shrinking}
# Apache marks compressed answers in the ETag, and would then not recognise it.
RequestHeader edit If-None-Match "^(W/)?\"((.*)-gzip)\"$" "\"$2\", \"$3\""
"#
    )
}
