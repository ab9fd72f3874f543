/* Lumbung Inovasi: what is typed into a form with `data-draft` is kept on the server while it is typed, for this person only. It is not
   saved by that: the form's own button does. After app.js; every page works without this file. */
"use strict";

const PAUSE = 1500, FIRST_RETRY = 2000, LAST_RETRY = 30000; // milliseconds
const MOST_KEPT_ALIVE = 60000; // bytes a browser still sends while it leaves a page
const NOT_TYPED = ["csrf_token", "opened"];
const OFFLINE = "Belum tersimpan, sambungan terputus. Mencoba lagi …";
const NOT_SENT = "Belum disimpan: sambungan terputus. Biarkan halaman ini terbuka, lalu simpan lagi.";

const renew = token => all("input[name=csrf_token]").forEach(input => { input.value = token; });

class Keeper {
  constructor(form) {
    this.form = form;
    const target = new URL(form.getAttribute("action") || location.href, location.href), named = form.dataset.draft; // the query that counts
    this.address = target.pathname + (named && target.searchParams.has(named) ? `?${named}=${target.searchParams.get(named)}` : "");
    this.start = this.kept = this.typed();
    this.wait = FIRST_RETRY;
    if ("unsaved" in document.body.dataset) { this.start = this.kept = null; this.later(0); } // what was sent here was refused
  }

  typed() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (!NOT_TYPED.includes(name) && typeof value === "string") fields.append(name, value);
    return fields.toString();
  }

  get isLoose() { return !this.leaving && this.typed() !== this.kept; }

  /* The line beside the button that says how things stand; the time is the server's. */
  get line() {
    if (!this.shown) {
      this.shown = Object.assign(document.createElement("p"), { className: "meta draft-line" });
      this.shown.setAttribute("role", "status");
      const buttons = submitters(this.form), last = buttons.findLast(button => !button.hidden) || this.form.lastElementChild;
      (last.closest(".save-bar, .actions") || last).before(this.shown);
      if (last.closest(".save-bar")) last.closest(".save-bar").prepend(this.shown);
    }
    return this.shown;
  }

  say(words, login = "") {
    if (pressing) { this.unsaid = [words, login]; return; }
    const link = login ? Object.assign(document.createElement("a"), { href: login, target: "_blank", textContent: "Masuk lagi" }) : "";
    if (this.said !== words) this.line.replaceChildren(words, ...(link ? [" ", link] : [])); // a screen reader says each change aloud
    this.said = words;
    this.unsaid = null;
    for (const saved of all("[data-saved]")) saved.hidden = this.typed() !== this.start || Boolean(login);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), pause);
  }

  /* One sending at a time; true when the server has all that is typed. */
  async keep(leaving = false) {
    clearTimeout(this.timer);
    while (this.sending && !leaving) await this.sending;
    if (going === this.form && !leaving) return false; // what is sent now brings the newest itself, and must not be overtaken
    if (!this.isLoose || (this.refused && this.refused === this.typed())) return !this.isLoose;
    this.sending = this.send(this.typed(), leaving);
    const done = await this.sending;
    this.sending = null;
    return done;
  }

  async send(typed, leaving, again = true) {
    const emptied = typed === this.start; // as it was when the page was opened: nothing to keep any more
    const body = new URLSearchParams(emptied ? { alamat: this.address } : typed);
    for (const name of NOT_TYPED) body.append(name, this.form.elements[name]?.value ?? "");
    let answer, said = {};
    try {
      answer = await fetch(emptied ? "/ketikan/buang" : `/ketikan?alamat=${encodeURIComponent(this.address)}`, {
        method: "POST", body, headers: { Accept: "application/json" }, keepalive: leaving && body.toString().length < MOST_KEPT_ALIVE });
      if (answer.status !== 204) said = await answer.json();
    } catch { this.isCut = true; return this.retry(OFFLINE); } // no connection, or a page instead of an answer
    this.isCut = false;
    if (said.token && again) { renew(said.token); return this.send(typed, leaving, false); }
    if (answer.status === 401) return this.retry(said.error, said.login);
    if (answer.status >= 500) return this.retry(said.error ? `Ketikan belum terjaga. ${said.error}` : OFFLINE);
    if (!answer.ok) { this.refused = typed; this.say(`Ketikan belum terjaga. ${said.error}`); return false; }
    this.kept = typed;
    this.wait = FIRST_RETRY;
    this.say(emptied ? "" : `Ketikan aman ${said.at} · belum disimpan`);
    return true;
  }

  retry(words, login) {
    this.say(words, login);
    this.timer = setTimeout(() => this.keep(), this.wait);
    this.wait = Math.min(this.wait * 2, LAST_RETRY);
    return false;
  }
}

/* While a button of the mouse is down, no new words move the page under it: the click would miss what was pressed. */
let pressing = false;

function released() {
  pressing = false;
  for (const keeper of keepers.filter(one => one.unsaid)) keeper.say(...keeper.unsaid);
}

addEventListener("pointerdown", () => { pressing = true; });
for (const kind of ["pointerup", "pointercancel", "dragend"]) addEventListener(kind, () => setTimeout(released)); // once the click has come

const keepers = all("form[data-draft]").map(form => new Keeper(form));
const keepAll = leaving => Promise.all(keepers.map(keeper => keeper.keep(leaving)));

for (const kind of ["input", "change"]) addEventListener(kind, event => keepers.find(one => one.form === event.target.form)?.later(PAUSE));
addEventListener("focusout", event => keepers.find(one => one.form === event.target.form)?.later(0));
addEventListener("online", () => keepAll());
document.addEventListener("visibilitychange", () => keepAll(document.hidden));
addEventListener("pagehide", () => keepAll(true));
whenStaying(() => { going = null; keepers.forEach(keeper => { keeper.leaving = false; }); });

/* Leaving: asked only while something typed is nowhere but here. */
addEventListener("beforeunload", event => {
  if (!keepers.some(keeper => keeper.isLoose)) return;
  keepAll(true);
  event.preventDefault();
  event.returnValue = "";
});

const soon = promise => Promise.race([promise, new Promise(resolve => { setTimeout(resolve, 3000); })]);

/* Another button of the page, or a link: first what is typed. The form itself: never while an older text of it is on its way. */
const MEANWHILE = 2000; // milliseconds a form that is sent may take to leave this PC
let isAgreed = false; // what could not be kept may go: asked once
let going = null; // the form that waits or leaves: what is pressed meanwhile would take its place, and it would never arrive

addEventListener("submit", async event => {
  const form = event.target, button = event.submitter, own = keepers.find(keeper => keeper.form === form);
  const first = isAgreed ? [] : keepers.filter(keeper => (keeper === own ? keeper.sending : keeper.isLoose || keeper.sending));
  const isCut = own?.isCut && own.isLoose; // the browser would put an error page where the text is
  if (!going && (form.method !== "post" || !isCut && !first.length)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (going) return;
  const arrival = isCut ? own.keep() : Promise.all(first.map(keeper => (keeper === own ? keeper.sending : keeper.keep())));
  going = form;
  await soon(arrival);
  going = null;
  if (isCut && own.isCut) return own.say(NOT_SENT);
  first.forEach(keeper => { keeper.sending = null; });
  if (first.some(keeper => keeper !== own && keeper.isLoose) && !confirm("Ketikan lain di halaman ini belum tersimpan dan akan hilang. Lanjutkan?")) return;
  isAgreed = true;
  form.requestSubmit(button);
  isAgreed = false;
}, true);

/* Nothing stopped it: it leaves, and the page with it, unless a script sends it or the answer is a file. */
addEventListener("submit", event => {
  const form = event.target, own = keepers.find(keeper => keeper.form === form);
  if (own) clearTimeout(own.timer);
  if (own && "upload" in form.dataset) own.kept = own.typed();
  if (form.method !== "post" || event.defaultPrevented || "download" in form.dataset) return;
  keepers.forEach(keeper => { keeper.leaving = true; });
  going = form;
  setTimeout(() => { going = null; }, MEANWHILE);
});

addEventListener("click", async event => {
  const link = event.target.closest?.("a[href]");
  if (!link || link.target || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.origin !== location.origin || (link.pathname === location.pathname && link.hash)) return;
  if (!going && !keepers.some(keeper => keeper.isLoose)) return;
  event.preventDefault();
  if (going) return;
  await soon(keepAll());
  if (!going) location.assign(link.href);
});

/* Two versions side by side: who goes on typing wants the typed one. */
addEventListener("input", event => {
  const own = event.target.name && document.querySelector(`input[name="pakai-${CSS.escape(event.target.name)}"][value=ketikan]`);
  if (own) own.checked = true;
});

/* A page whose time runs out says so, by the server's count of seconds. */
for (const words of all("[data-after]")) {
  const seconds = Number(words.dataset.after);
  if (seconds < 86400) setTimeout(() => { words.hidden = false; }, seconds * 1000);
}

/* What was held until its person signed in again. */
document.querySelector("form[data-send-now]")?.requestSubmit();
