//! The recipe for **nginx**: a file for the folder of sites.

use crate::config::BaseUrl;
use crate::site::served::{APART, ASK_AGAIN, FOR_EVER, Frames, MEDIA_TYPES, UNKNOWN, policy};

/// The file.
pub(super) fn recipe(base_url: &BaseUrl) -> String {
    let base = base_url.path();
    let (by_content, framed) = (super::named_by_content(base), super::framed_by_others(base));
    let (own, all) = (policy(Frames::Own), policy(Frames::All));
    let host = host_of(base_url);
    let types: String = MEDIA_TYPES
        .iter()
        .map(|kind| format!("    {} {};\n", kind.name, kind.endings.join(" ")))
        .collect();
    let texts = MEDIA_TYPES.iter().filter(|kind| kind.is_text);
    let texts = names(texts.map(|kind| kind.name));
    let shrinking = MEDIA_TYPES.iter().filter(|kind| kind.shrinks).map(|kind| kind.name);
    let shrinking = names(shrinking.chain(APART.map(|(_, name)| name)));
    let apart: String = APART
        .iter()
        .map(|(pattern, name)| {
            let pattern = pattern.trim_start_matches('/');
            format!(
                "    location ~ /{pattern} {{\n      types {{}}\n      default_type {name};\n    }}\n"
            )
        })
        .collect();
    format!(
        r#"# The site in nginx 1.18 or newer. Put this file into /etc/nginx/conf.d/ (or what nginx.conf
# includes within `http`), the published files into /var/www/kawaraban{base}, and run
# `nginx -t && nginx -s reload`.

map $uri $kawaraban_cache {{
  default "{ASK_AGAIN}";
  "~{by_content}" "{FOR_EVER}";
}}

map $uri $kawaraban_policy {{
  default "{own}";
  "~{framed}" "{all}";
}}

server {{
  # With a certificate: listen 443 ssl; ssl_certificate …; ssl_certificate_key …;
  listen 80;
  server_name {host};
  root /var/www/kawaraban;
  absolute_redirect off;

  location {base} {{
    index index.html;
    error_page 404 {base}404.html;

    add_header Content-Security-Policy $kawaraban_policy always;
    add_header X-Content-Type-Options nosniff always;
    add_header Access-Control-Allow-Origin * always;
    add_header Cache-Control $kawaraban_cache always;

    charset utf-8;
    charset_types {texts};
    gzip on;
    gzip_vary on;
    gzip_proxied any;
    gzip_min_length 1000;
    gzip_types {shrinking};

{apart}
    location ~ /\.(?!well-known/) {{
      return 404;
    }}
  }}

  default_type {UNKNOWN};
  types {{
{types}  }}
}}
"#
    )
}

/// The host's own name.
fn host_of(base_url: &BaseUrl) -> &str {
    let address = base_url.as_str();
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}

/// Names of media types for a setting in which HTML is always included.
fn names<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.filter(|name| *name != "text/html").collect::<Vec<_>>().join(" ")
}
