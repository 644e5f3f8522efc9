/** What the report looks like; shows one case at a time when its address is asked for. */
export const reportStyle = `
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fdfcf9}
small{font-weight:normal;color:#666}table{border-collapse:collapse;width:100%;margin:1rem 0}
th,td{text-align:left;vertical-align:top;padding:.2rem .6rem;border-bottom:1px solid #ddd}th{font-weight:600}
tr.worse td,tr.worse th{background:#f7d9d3}tr.better td,tr.better th{background:#dcecd6}
tr.inconclusive td,tr.inconclusive th{background:#f4ecc9}
tr.missed td:nth-child(2),tr.wrong td:nth-child(2){font-weight:600}
mark{background:#dcecd6}mark.missed{background:#f4ecc9}mark.wrong{background:#f7d9d3}
.talk p{font-family:Georgia,serif;margin:.2rem 0}.talk b{font:.8rem system-ui;color:#777}
article{display:none}article.shown{display:block}figure{margin:1rem 0;max-width:20rem}
svg{width:100%}svg path{fill:none;stroke:#999}svg circle{fill:#3a5a78;opacity:.7}svg text{font-size:10px;text-anchor:middle}
@media print{article{display:block}}
@media (prefers-color-scheme:dark){body{background:#1c1b19;color:#e6e3dc}small{color:#aaa}th,td{border-color:#444}
tr.worse td,tr.worse th,mark.wrong{background:#5c2b22;color:inherit}tr.better td,tr.better th,mark{background:#2c4526;color:inherit}
tr.inconclusive td,tr.inconclusive th,mark.missed{background:#4d441b;color:inherit}a{color:#9cc3e6}svg circle{fill:#9cc3e6}svg text{fill:#e6e3dc}}
`

export const reportScript = `
const show=()=>{const id=decodeURIComponent(location.hash.slice(1));const at=id&&document.getElementById(id);
const page=at&&at.closest('article');document.querySelectorAll('article').forEach(a=>a.classList.toggle('shown',a===page));
document.getElementById('all').hidden=!!page;document.querySelector('header').hidden=!!page;if(at)at.scrollIntoView()};
addEventListener('hashchange',show);show()
`
