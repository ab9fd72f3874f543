/* Lumbung Inovasi: small conveniences. Every page works without this file; nothing here decides anything. */
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const byId = id => document.getElementById(id);
const figure = new Intl.NumberFormat("id", { maximumFractionDigits: 1 });

/* ---------- forms: words, days, one submission ---------- */

const countWords = text => text.split(/\s+/).filter(Boolean).length; // as the server counts

for (const area of all("[data-words-min]")) {
  const shown = document.querySelector(`[data-words-of="${area.id}"]`);
  const show = () => { shown.textContent = figure.format(countWords(area.value)); };
  if (shown) { area.addEventListener("input", show); show(); }
}

for (const words of all("[data-day-of]")) {
  const input = byId(words.dataset.dayOf);
  const form = new Intl.DateTimeFormat("id", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const show = () => { words.textContent = input.value ? form.format(new Date(`${input.value.slice(0, 10)}T00:00Z`)) : ""; };
  input.addEventListener("input", show);
  show();
}

const submitters = form => [...form.elements].filter(element => element.type === "submit");

const UNTIL_AGAIN = 10000; // milliseconds: a second file asked for too early would take the place of the first

addEventListener("submit", event => {
  const form = event.target, able = is => submitters(form).forEach(button => { button.disabled = !is; });
  if (event.defaultPrevented || form.method !== "post") return;
  setTimeout(able, 0, false); // after the browser has read which one was pressed
  if ("download" in form.dataset) setTimeout(able, UNTIL_AGAIN, true); // a file comes, and the page stays
});

/* The page is here again, or here still: gone back to, or its leaving was stopped (Esc, the browser's own button). */
function whenStaying(what) {
  addEventListener("pageshow", event => { if (event.persisted) what(); });
  globalThis.navigation?.addEventListener("navigateerror", () => {
    const soon = setTimeout(what);
    navigation.addEventListener("navigate", () => clearTimeout(soon), { once: true }); // only another leaving took its place
  });
}

whenStaying(() => all("form").flatMap(submitters).forEach(button => { button.disabled = false; }));

/* ---------- buttons that only a script can serve ---------- */

for (const button of all("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

function copy(text) {
  const area = Object.assign(document.createElement("textarea"), { value: text, className: "visually-hidden" });
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy"); // the clipboard API is closed to pages without HTTPS
  area.remove();
  return done;
}

for (const button of all("[data-copy]")) {
  const source = byId(button.dataset.copy), label = [...button.childNodes];
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", () => {
    button.textContent = copy(source.value ?? source.innerText) ? "Tersalin" : "Tidak dapat disalin";
    button.focus();
    setTimeout(() => { button.replaceChildren(...label); }, 2000);
  });
}

for (const here of all(".places [aria-current], .tabs [aria-current]")) {
  const strip = here.closest("ul");
  const beyond = here.getBoundingClientRect().right - strip.getBoundingClientRect().right;
  if (beyond > 0) strip.scrollLeft = beyond + strip.clientWidth / 4; // the next place shows that there is more
}

/* ---------- uploads: one request and one line for each file ---------- */

const MEGABYTE = 1024 ** 2;
const megabytes = size => figure.format(Math.max(size / MEGABYTE, 0.1));
let uploading = 0;

addEventListener("beforeunload", event => { if (uploading) { event.preventDefault(); event.returnValue = ""; } });

/* Why a file need not be sent at all; the server checks again. */
function refusal(file, form) {
  const allowed = (form.dataset.accept || "").toLowerCase().split(/[\s,]+/).filter(Boolean).map(one => one.replace(/^\.?/, "."));
  const limit = Number(form.dataset.maxBytes || 0);
  if (allowed.length && !allowed.some(one => file.name.toLowerCase().endsWith(one)))
    return `Jenis berkas ini tidak diterima di sini. Pilih ${allowed.join(", ")}.`;
  if (limit && file.size > limit) return `Berkas ini ${megabytes(file.size)} MB; paling besar ${figure.format(limit / MEGABYTE)} MB.`;
  return file.size ? "" : "Berkas ini kosong.";
}

/* What the server said: nothing when it took the file, else its sentence. */
function answer(request) {
  let said = {};
  try { said = JSON.parse(request.responseText); } catch { /* a page instead of an answer: signed out, or a fault */ }
  if (request.status === 200 && said.ok) return "";
  if (request.status === 413) return "Berkas ini lebih besar daripada yang diterima server.";
  return said.error || "Server tidak menerima berkas ini. Muat ulang halaman, lalu coba lagi.";
}

class Upload {
  constructor(file, form, fields) {
    Object.assign(this, { file, form, fields, state: "waiting", request: new XMLHttpRequest() });
    const template = form.querySelector("template[data-upload-line]");
    this.list = form.querySelector("[data-upload-list]");
    this.line = this.list.appendChild(template.content.firstElementChild.cloneNode(true));
    this.part("name").textContent = file.name;
    this.part("bar").setAttribute("aria-label", `Unggahan ${file.name}`);
    this.part("cancel").setAttribute("aria-label", `Batalkan unggahan ${file.name}`);
    this.part("cancel").addEventListener("click", () => this.cancel());
    this.tell("menunggu giliran");
  }

  part(name) { return this.line.querySelector(`[data-upload-${name}]`); }

  tell(text) { this.part("text").textContent = text; }

  end(why) {
    this.state = why ? "refused" : "arrived";
    this.part("cancel").remove();
    this.part("text").setAttribute("role", why ? "alert" : "status");
    if (why) { this.part("bar").remove(); this.part("text").className = "is-bad"; }
    this.tell(why || "sudah diterima");
  }

  cancel() {
    this.state = "cancelled";
    this.line.remove();
    this.list.focus();
    this.request.abort();
  }

  send(field) {
    const request = this.request;
    this.fields.set(field, this.file);
    request.upload.addEventListener("progress", event => {
      const percent = Math.floor(100 * event.loaded / event.total);
      this.part("bar").value = percent;
      this.tell(percent < 100 ? `${percent} persen · ${megabytes(event.loaded)} dari ${megabytes(event.total)} MB` : "diperiksa server");
    });
    request.addEventListener("load", () => this.end(answer(request)));
    request.addEventListener("error", () => this.end("Sambungan terputus. Pilih berkas ini sekali lagi."));
    request.open("POST", this.form.getAttribute("action") || location.href);
    request.setRequestHeader("Accept", "application/json");
    return new Promise(resolve => { request.addEventListener("loadend", resolve); request.send(this.fields); });
  }
}

/* Forms somebody typed in: a reload would lose that. */
const touched = new Set();
addEventListener("input", event => touched.add(event.target.form));

async function comeBack() {
  await keepAll();
  if (going) return; // a form was sent meanwhile
  sessionStorage.setItem("scroll", `${location.pathname} ${scrollY}`);
  location.replace(location.pathname + location.search); // a GET, even when this page answered a POST
}

const [kept, position] = (sessionStorage.getItem("scroll") || "").split(" ");
sessionStorage.removeItem("scroll");
if (kept === location.pathname) scrollTo(0, Number(position));

async function uploadAll(form, input, submitter) {
  const fields = new FormData(form);
  for (const other of all("input[type=file]", form)) fields.delete(other.name);
  if (submitter?.name) fields.append(submitter.name, submitter.value);
  const uploads = [...input.files].map(file => new Upload(file, form, fields));
  input.value = "";
  submitters(form).forEach(button => { button.disabled = true; });
  uploading += 1;
  for (const upload of uploads) {
    const why = refusal(upload.file, form);
    if (why) upload.end(why);
  }
  for (const upload of uploads) if (upload.state === "waiting") await upload.send(input.name); // in turn: a slow line carries one well
  uploading -= 1;
  submitters(form).forEach(button => { button.disabled = false; });

  const ended = state => uploads.some(upload => upload.state === state);
  if (!ended("arrived")) return;
  if (!ended("refused") && ![...touched].some(other => other && other !== form && !("draft" in other.dataset))) return comeBack();
  form.querySelector("[data-upload-more]").hidden = false;
  form.querySelector("[data-upload-more] button").onclick = comeBack;
}

for (const form of all("form[data-upload]")) {
  form.addEventListener("submit", event => {
    const input = all("input[type=file]", form).find(one => one.files.length);
    if (!input) return; // nothing chosen: the server says so
    event.preventDefault();
    uploadAll(form, input, event.submitter);
  });
}
