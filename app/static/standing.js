/* What if: the result follows what is ticked and typed. The sums stay with the server: the same page is asked again, and only its result taken. */
"use strict";

for (const form of all("form[data-scenario]")) {
  const PAUSE = 400; // milliseconds without a further change
  const result = byId("hasil");
  let timer, asked = 0;

  const copyable = () => {
    for (const button of all("[data-copy]", result)) {
      button.hidden = false;
      button.setAttribute("aria-live", "polite");
      button.addEventListener("click", () => { button.textContent = copy(byId(button.dataset.copy).value) ? "Tersalin" : "Tidak dapat disalin"; });
    }
  };

  const compute = async () => {
    const turn = ++asked;
    result.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("hasil");
      if (turn !== asked || !answer.ok || !fresh) return; // overtaken, or signed out: the button still does it
      result.replaceChildren(...fresh.childNodes);
      byId("hasil-kata").textContent = fresh.dataset.said;
      history.replaceState(null, "", answer.url);
      copyable();
    } catch { /* no line: what is shown stays, the button says so by failing */ } finally {
      if (turn === asked) result.removeAttribute("aria-busy");
    }
  };

  for (const slide of all("[data-slides]", form)) {
    const field = byId(slide.dataset.slides);
    slide.hidden = false;
    slide.addEventListener("input", () => { field.value = slide.value; });
    field.addEventListener("input", () => { slide.value = field.value; });
  }

  form.addEventListener("input", event => {
    if (event.target.name === "q") return; // what the list shows is no part of the scenario
    clearTimeout(timer);
    timer = setTimeout(compute, PAUSE);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); asked++; });
}
