// Only makes things safer: leaving hides the page at once and replaces it, so that Back does not
// return to it; Escape pressed twice leaves too. Forms are sent from here, because a browser keeps
// what a form of its own held on the disk when the connection drops.
const way = document.querySelector("a.leave");
const said = document.getElementById("offline");
let sending = null, last = 0;
const drop = () => { sending?.abort(); sending = null; };
if (way) {
  const go = () => { document.documentElement.hidden = true; drop(); location.replace(way.href); };
  way.addEventListener("click", (event) => { event.preventDefault(); go(); });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - last < 1000) go();
    last = event.timeStamp;
  });
}
// On paper nothing of a practitioner's page is folded, in a browser too old to be told so by the stylesheet.
const folded = () => document.querySelectorAll(".wide details:not([open])");
addEventListener("beforeprint", () => folded().forEach((part) => { part.open = true; part.dataset.was = ""; }));
addEventListener("afterprint", () => document.querySelectorAll("[data-was]").forEach((part) => { part.open = false; delete part.dataset.was; }));
// Who goes elsewhere, or comes back by Back, is not overtaken by a form that was on its way.
addEventListener("click", (event) => { if (event.target.closest("a[href^='/']")) drop(); });
addEventListener("pageshow", drop);
if (said) addEventListener("submit", async (event) => {
  const form = event.target, pressed = event.submitter;
  if (!pressed || form.method !== "post") return; // an old browser sends it as it does
  event.preventDefault();
  if (sending) return;
  // Files need their own coding, and on a farm's line a while.
  const files = (pressed.formEnctype || form.enctype) === "multipart/form-data";
  const mine = sending = new AbortController();
  const late = setTimeout(() => mine.abort(), files ? 120000 : 20000);
  said.hidden = true;
  pressed.setAttribute("aria-busy", "true");
  try {
    const data = new FormData(form), body = files ? data : new URLSearchParams(data);
    if (pressed.name) body.set(pressed.name, pressed.value);
    // It goes along to the next page, which is only asked for here: nobody sees this one.
    const headers = { Ahead: "1" };
    const page = await fetch(form.action, { method: "POST", body, headers, signal: mine.signal });
    if (!page.ok || !page.redirected || /\/(e\/|down)$/.test(page.url)) throw page;
    page.body?.cancel();
    if (sending === mine) location.assign(page.url);
  } catch {
    if (sending !== mine) return; // the person went elsewhere
    pressed.parentNode.after(said);
    said.hidden = false;
    said.focus();
    said.scrollIntoView({ block: "nearest" });
  } finally {
    clearTimeout(late);
    pressed.removeAttribute("aria-busy");
    if (sending === mine) sending = null;
  }
});
