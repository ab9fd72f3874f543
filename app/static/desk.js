/* The reviewer's desk: keys, the evidence swapped in place, ticks for many. Each page works without this file. */
"use strict";

{
/* ---------- keys: data-keys names them on the button, link or field that does the same ---------- */

const isTyping = element => element.matches("textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable]");
const hasRoom = matchMedia("(min-width: 1180px)").matches; // on a phone the focus would scroll past the evidence

function keyOf(event) {
  const key = event.key.toLowerCase();
  return (event.ctrlKey || event.metaKey ? "ctrl+" : "") + (event.altKey ? "alt+" : "") + key;
}

function press(element) {
  if (element.matches("textarea, input, select")) element.focus();
  else element.click();
}

addEventListener("keydown", event => {
  const key = keyOf(event), form = document.querySelector("form[data-verdict]");
  if (event.defaultPrevented || event.isComposing || event.repeat) return;
  if (key === "ctrl+enter" && form?.checkVisibility()) {
    event.preventDefault();
    send(form);
  } else if (key === "escape" && form?.contains(event.target) && isTyping(event.target)) {
    event.target.blur();
  } else if (key.includes("+") || !isTyping(event.target)) {
    const element = (/^[0-3]$/.test(key) && levelOf(form, key)) || all(`[data-keys~=${JSON.stringify(key)}]`).find(one => one.checkVisibility());
    if (!element) return;
    event.preventDefault();
    press(element);
    if (element.type === "radio") element.click();
  }
});

const levelOf = (form, key) => form?.checkVisibility() && form.querySelector(`input[type=radio][value="${key}"]:not(:disabled)`);

function send(form) {
  if (submitters(form).some(button => !button.disabled)) form.requestSubmit(); // disabled: it is on its way
}

/* Where the hands go when a row opens: what was refused, the level chosen, else all levels, so that none looks chosen. */
for (const form of all("form[data-verdict]")) {
  const refused = document.querySelector(".verdict .notice-bad") && form.querySelector("input[type=radio]:checked");
  const start = refused ? form.querySelector("textarea")
    : form.querySelector("input[type=radio]:checked") || form.querySelector(".levels");
  if (hasRoom && start && !start.closest("details:not([open])")) start.focus({ preventScroll: true });
}

/* ---------- evidence beside the verdict: pages and documents change in place, what is typed stays ---------- */

const pane = document.querySelector("[data-pane]");
let turning = null;

addEventListener("click", event => {
  const link = event.target.closest("a");
  if (!pane?.contains(link) || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.target || link.origin !== location.origin || link.pathname !== location.pathname) return;
  event.preventDefault();
  turn(link);
});

async function turn(link) {
  turning?.abort();
  const { signal } = turning = new AbortController(), url = link.href, role = link.dataset.keys || "";
  const held = pane.contains(document.activeElement);
  pane.setAttribute("aria-busy", "true");
  try {
    const fresh = await read(url, signal);
    if (!fresh) return location.assign(url); // signed out, or gone: the page itself says so
    await picture(fresh);
    if (signal.aborted) return;
    pane.replaceChildren(...fresh.childNodes);
    history.replaceState(history.state, "", url);
    show(new URL(url).hash, role, held);
  } catch (error) {
    if (error.name !== "AbortError") complain();
  } finally {
    if (!signal.aborted) pane.removeAttribute("aria-busy");
  }
}

async function read(url, signal) {
  const answer = await fetch(url, { signal, headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return null;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-pane]");
  return fresh && document.adoptNode(fresh);
}

/* The picture is there before it is shown, so that nothing jumps; a slow one is not waited for long. */
async function picture(root) {
  const image = root.querySelector(".viewer img");
  const late = new Promise(resolve => { setTimeout(resolve, 1500); });
  if (image) await Promise.race([image.decode().catch(() => {}), late]);
}

function show(hash, role, held) {
  zoom();
  const mark = hash === "#tanda" && byId("tanda");
  if (mark) mark.scrollIntoView({ block: "center" });
  else if (!role) pane.scrollIntoView({ block: "start" });
  if (held) (role && pane.querySelector(`[data-keys="${role}"]`) || pane).focus({ preventScroll: true });
}

function complain() {
  let line = pane.querySelector("[data-complaint]");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "is-bad mb-2" });
    line.dataset.complaint = "";
    line.setAttribute("role", "alert");
    pane.prepend(line);
  }
  line.textContent = "Sambungan terputus, jadi halaman itu belum tampil. Yang Anda ketik tetap ada; coba sekali lagi.";
}

/* ---------- a page as wide as the column, or in its own size ---------- */

const isLarge = () => sessionStorage.getItem("zoom") === "1";

function zoom() {
  const viewer = pane?.querySelector(".viewer"), button = pane?.querySelector("[data-zoom]");
  if (!button) return;
  button.hidden = false;
  button.setAttribute("aria-pressed", isLarge());
  button.classList.toggle("active", isLarge());
  viewer.classList.toggle("viewer-large", isLarge());
  if (isLarge()) viewer.tabIndex = 0; else viewer.removeAttribute("tabindex"); // what scrolls can be reached by the keyboard
}

addEventListener("click", event => {
  if (!event.target.closest("[data-zoom]")) return;
  sessionStorage.setItem("zoom", isLarge() ? "0" : "1");
  zoom();
});
zoom();

/* ---------- the next row, prepared while this one is read ---------- */

const ahead = document.querySelector("[data-ahead]");
if (ahead) addEventListener("load", () => setTimeout(prepare, 400));

async function prepare() {
  try {
    await read(ahead.href); // taken over from the page it was read from, its picture is asked for by itself
  } catch { /* then it is simply opened cold */ }
}

/* ---------- lists with ticks ---------- */

for (const head of all("[data-tick-all]")) {
  const boxes = all(`input[type=checkbox][name="${head.dataset.tickAll}"]`);
  const counter = document.querySelector(`[data-ticked="${head.dataset.tickAll}"]`);
  const count = () => {
    const ticked = boxes.filter(box => box.checked).length;
    head.checked = ticked === boxes.length;
    head.indeterminate = ticked > 0 && ticked < boxes.length;
    if (counter) counter.textContent = ticked ? `${ticked} dicentang` : "";
  };
  head.closest("label").hidden = !boxes.length;
  head.addEventListener("change", () => { boxes.forEach(box => { box.checked = head.checked; }); count(); });
  boxes.forEach(box => box.addEventListener("change", count));
  addEventListener("pageshow", count);
}
}
