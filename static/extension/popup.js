// The page as the browser shows it goes to /api/v1/articles, by a token that is kept in this browser alone.
// Nothing is sent, and no page is looked at, before the button is pressed.

const here = (id) => document.getElementById(id);
const AT_HOME = new Set(["localhost", "127.0.0.1", "[::1]"]);

function say(text, link) {
  here("said").textContent = text;
  if (link) {
    const to = document.createElement("a");
    Object.assign(to, { href: link, target: "_blank", textContent: "Open it" });
    here("said").append(" ", to);
  }
}

// The site of an address; a token goes over plain http to this very machine only.
function siteOf(text) {
  const url = new URL(text);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && AT_HOME.has(url.hostname))) {
    throw new Error("It has to begin with https://, or be on this machine.");
  }
  return url.origin;
}

async function pageShown() {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  const [found] = await chrome.scripting.executeScript({
    target: { tabId: tab.id },
    func: () => ({ html: document.documentElement.outerHTML, url: location.href.split("#")[0] }),
  });
  return found.result;
}

async function send() {
  const { server, token } = await chrome.storage.local.get(["server", "token"]);
  if (!server || !token) {
    here("where").open = true;
    say("Say first where it is sent.");
    return;
  }
  say("Sending …");
  const body = { ...(await pageShown()), story: here("story").value.trim() || null };
  const answer = await fetch(`${server}/api/v1/articles`, {
    method: "POST",
    credentials: "omit",
    redirect: "error",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    say(told.detail || told.title || `It was not taken (${answer.status}).`);
    return;
  }
  const outcome = { new: "Kept.", revised: "Kept as a new version.", same: "It was there already." };
  say(outcome[Object.keys(told.outcomes)[0]] || "Kept.", `${server}/articles/${told.articles[0]}`);
}

function telling(work) {
  return (event) => {
    event.preventDefault();
    work().catch((error) => say(error.message || String(error)));
  };
}

here("send").addEventListener("submit", telling(send));
here("settings").addEventListener(
  "submit",
  telling(async () => {
    const server = siteOf(here("server").value);
    if (!(await chrome.permissions.request({ origins: [`${server}/*`] }))) {
      say("Without that permission nothing can be sent there.");
      return;
    }
    await chrome.storage.local.set({ server, token: here("token").value.trim() });
    here("token").value = "";
    here("where").open = false;
    say("Kept in this browser.");
  }),
);

const { server } = await chrome.storage.local.get("server");
here("server").value = server || "";
here("where").open = !server;
