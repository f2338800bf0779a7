//! The **style** of the page. It stands in the page itself, which is one file.

/// The style sheet of the page.
pub(super) const STYLE: &str = "
:root{color-scheme:light dark;--error:#b3261e;--warning:#8a5300;--line:#8886;--mark:#b3261e22;--soft:#8a530022}
@media(prefers-color-scheme:dark){:root{--error:#ffb4ab;--warning:#ffca80;--mark:#ffb4ab33;--soft:#ffca8022}}
body{font:1rem/1.6 system-ui,sans-serif;margin:1rem 2rem}
h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem}h3{font-size:1rem}
table{border-collapse:collapse}
th,td{border:1px solid var(--line);padding:.2rem .5rem;text-align:start;vertical-align:top}
.sheet{overflow-x:auto}.part{content-visibility:auto;contain-intrinsic-size:auto 15000px}
.sheet table{width:max-content}.sheet td{max-width:20rem;white-space:pre-wrap;overflow-wrap:anywhere}
.sheet th{font-weight:normal}.sheet td.says{width:min(24rem,60vw);white-space:normal;
position:sticky;right:0;background:Canvas}
td.error{background:var(--mark);outline:2px solid var(--error)}
td.warning{background:var(--soft);outline:2px dashed var(--warning)}
:target{outline-width:4px}.error b{color:var(--error)}.warning b{color:var(--warning)}
.says div+div{margin-top:.5rem}.help{display:block}.number{text-align:end}
";
