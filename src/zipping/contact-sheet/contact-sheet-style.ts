/** Style of the contact sheet. It is part of the page, since the sheet is one file and opens offline. */
export const CONTACT_SHEET_STYLE = `
:root { color-scheme: light dark; --ground: #f6f5f2; --card: #fff; --ink: #1d1d1f; --soft: #6b6b70; --line: #e2e0da; --link: #0b57d0; }
@media (prefers-color-scheme: dark) { :root { --ground: #161618; --card: #212124; --ink: #ececee; --soft: #a0a0a6; --line: #34343a; --link: #8ab4f8; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem clamp(1rem, 4vw, 3rem); background: var(--ground); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
header { margin-bottom: 1.75rem; max-width: 50rem; }
h1 { margin: 0 0 .35rem; font-size: clamp(1.5rem, 5vw, 2.25rem); line-height: 1.15; overflow-wrap: anywhere; }
p { margin: 0; color: var(--soft); }
a { color: var(--link); }
details { margin-top: .75rem; color: var(--soft); }
ul { margin: .4rem 0 0; padding-left: 1.2rem; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); gap: 1rem; }
figure { margin: 0; display: flex; flex-direction: column; overflow: hidden; border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
.picture { display: block; position: relative; aspect-ratio: 4 / 3; background: var(--line); }
img { position: absolute; inset: 0; width: 100%; height: 100%; object-fit: contain; }
figcaption { padding: .65rem .75rem .75rem; font-size: .8rem; }
figcaption strong { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; margin-bottom: .2rem; font-size: .86rem; overflow-wrap: anywhere; }
figcaption span { display: block; color: var(--soft); overflow-wrap: anywhere; }
figcaption a { color: inherit; }
.size { white-space: nowrap; }
figcaption details { margin-top: .3rem; overflow-wrap: anywhere; }
summary { cursor: pointer; }
footer p + p { margin-top: .5rem; }
footer { margin-top: 2rem; padding-top: 1rem; border-top: 1px solid var(--line); font-size: .8rem; }
@media (max-width: 30rem) { .pictures { grid-template-columns: 1fr 1fr; gap: .6rem; } figcaption { padding: .5rem .55rem .6rem; } }
@media print { figure { break-inside: avoid; } }
`;
