"use strict";

// Follows what happens: when the proxy says that something has changed, the page is fetched again, as anybody may see it, and the parts
// that are different are put in place. What somebody types stays, because the form is a part that does not change. Without this script
// everything works, but nothing moves.
(() => {
  const RETRY_MILLIS = 5000;
  const AGAIN_MILLIS = 1000;
  const pulse = document.querySelector("[data-pulse]");
  const say = document.querySelector("[data-say]");
  /** Where this page is got from; the answer to a form that was refused is elsewhere, where nothing can be fetched. */
  const page = document.querySelector("[data-page]")?.dataset.page ?? location.href;
  /** Stands where another page will be when the control store is back. */
  const away = document.querySelector("[data-away]") !== null;
  /** As the server has sent each part; what the countdown has done to it does not count. */
  const sent = new Map(parts(document).map((part) => [part.dataset.live, part.outerHTML]));
  let fetching = false;
  let stale = false;
  /** The control store does not answer, so what is shown may be old. */
  let old = false;

  function parts(root) {
    return [...root.querySelectorAll("[data-live]")];
  }

  function show(text, lost) {
    pulse.hidden = false;
    pulse.textContent = text;
    pulse.classList.toggle("lost", lost);
  }

  /** Times from here on are counted from now. */
  function startCountdowns(root) {
    const now = performance.now();
    for (const time of root.querySelectorAll("[data-seconds]")) {
      time.endsAt = now + Number(time.dataset.seconds) * 1000;
    }
  }

  function text(seconds) {
    const [days, hours] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24];
    const [minutes, rest] = [Math.floor(seconds / 60) % 60, seconds % 60];
    if (days > 0) return `${days}d ${hours}h`;
    if (hours > 0) return `${hours}h ${minutes}m`;
    return minutes > 0 ? `${minutes}m ${rest}s` : `${rest}s`;
  }

  function tick() {
    for (const time of document.querySelectorAll("[data-seconds]")) {
      time.textContent = text(Math.max(0, Math.ceil((time.endsAt - performance.now()) / 1000)));
    }
  }

  /** A form that has changed after all keeps the words; a tick was for what stood there before. */
  function keepTyped(part, placed) {
    for (const field of part.querySelectorAll("input[type=text]")) {
      const same = placed.querySelector(`input[type=text][name="${field.name}"]`);
      if (same) same.value = field.value;
    }
  }

  function replace(fetched) {
    for (const part of parts(document)) {
      const name = part.dataset.live;
      const fresh = fetched.querySelector(`[data-live="${name}"]`);
      if (!fresh || fresh.outerHTML === sent.get(name)) continue;
      sent.set(name, fresh.outerHTML);
      const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
      const summary = fresh.dataset.summary;
      if (summary && summary !== part.dataset.summary) say.textContent = summary;
      const placed = document.importNode(fresh, true);
      for (const box of part.querySelectorAll("input[type=checkbox]:checked")) {
        const again = box.id && placed.querySelector(`#${box.id}`);
        if (again) again.checked = true; // chosen, and still there
      }
      keepTyped(part, placed);
      part.replaceWith(placed);
      startCountdowns(placed);
      if (focused) document.getElementById(focused)?.focus();
      if (placed.dataset.again) setTimeout(refresh, AGAIN_MILLIS);
    }
    document.title = fetched.title;
  }

  async function refresh() {
    if (fetching) {
      stale = true;
      return;
    }
    fetching = true;
    stale = false;
    try {
      const answer = await fetch(page, { headers: { "X-Holdfast-Live": "1" }, cache: "no-store" });
      if (answer.status === 401) {
        location.replace(page); // the login has ended; whoever is here is asked for it
        return;
      }
      if (answer.ok && away) {
        location.reload();
      } else if (answer.ok) {
        replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
        if (old) show("Live", false);
        old = false;
      } else if (answer.status === 503) {
        old = true;
        show("Not up to date", true);
        setTimeout(refresh, RETRY_MILLIS);
      }
    } catch {
      // the proxy is away; the stream says so, and comes back
    } finally {
      fetching = false;
      if (stale) refresh();
    }
  }

  function follow() {
    const events = new EventSource("/events");
    events.addEventListener("open", () => {
      show("Live", false);
      refresh(); // what has changed before anybody listened
    });
    events.addEventListener("change", refresh);
    events.addEventListener("end", refresh); // the login is over, and the answer to this says so; or the proxy stops
    events.addEventListener("error", () => {
      show("Reconnecting", true);
      if (events.readyState === EventSource.CLOSED) {
        setTimeout(() => {
          refresh();
          follow();
        }, RETRY_MILLIS);
      }
    });
  }

  startCountdowns(document);
  setInterval(tick, 1000);
  if (document.querySelector("[data-again]")) setTimeout(refresh, AGAIN_MILLIS);
  follow();
})();
