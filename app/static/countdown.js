/* Time left until a deadline, by the server's clock: this computer's may be wrong, so it is only asked how much time has passed.
   Without this file the page says the days left, as it did when it was made. */
"use strict";

const clocks = all("[data-countdown]");

if (clocks.length) {
  const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const answered = performance.getEntriesByType("navigation")[0]?.responseStart || 0;
  let origin = Number(clocks[0].dataset.now) - answered; // the server's time when this page's own clock stood at 0
  let asked = 0, drift = Date.now() - performance.now(), timer;

  const serverNow = () => origin + performance.now();

  const words = left => {
    if (left <= 0) return "Ditutup";
    const days = Math.floor(left / DAY), hours = Math.floor(left / HOUR), minutes = Math.floor(left / MINUTE) % 60;
    if (days > 1) return `${days} hari lagi`;
    if (hours) return `${hours} jam ${minutes} menit lagi`;
    return calm.matches ? `${minutes + 1} menit lagi` : `${minutes} menit ${Math.floor(left / SECOND) % 60} detik lagi`;
  };

  const show = () => {
    clearTimeout(timer);
    let wait = MINUTE;
    for (const clock of clocks) {
      const left = Number(clock.dataset.countdown) - serverNow(), said = clock.querySelector("[data-left]"), text = words(left);
      if (said.textContent !== text) said.textContent = text;
      all("[data-until-closed]", clock).forEach(part => { part.hidden = left <= 0; });
      all("[data-once-closed]", clock).forEach(part => { part.hidden = left > 0; });
      const step = left > HOUR || calm.matches ? MINUTE : SECOND;
      if (left > 0) wait = Math.min(wait, left % step + 20);
    }
    timer = setTimeout(show, wait);
    if (Math.abs(Date.now() - performance.now() - drift) > 30 * SECOND) ask(); // this computer slept, or somebody set its clock
  };

  /* The server's time anew, from the head of a tiny answer. */
  const ask = async () => {
    if (performance.now() - asked < 10 * SECOND && asked) return;
    asked = performance.now();
    drift = Date.now() - performance.now();
    try {
      const answer = await fetch("/sehat", { method: "HEAD", cache: "no-store" });
      const now = Date.parse(answer.headers.get("Date"));
      if (answer.ok && now) { origin = now + SECOND / 2 - performance.now(); show(); }
    } catch { /* the server is away: go on as before */ }
  };

  addEventListener("pageshow", event => { if (event.persisted) ask(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  show();
}
