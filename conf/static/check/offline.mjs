// Keeps the page for times without a connection, and tells when a newer version of it is here.

const { serviceWorker } = navigator; // not there in a folder, and on hosts without https

/** Wait until `worker` is in one of these states, or of no more use. */
function reached(worker, ...states) {
  return new Promise((resolve) => {
    const look = () => [...states, "redundant"].includes(worker.state) && resolve(worker.state);
    worker.addEventListener("statechange", look);
    look();
  });
}

/**
 * Keep the page, and return once the browser has done so or can't. `kept` is called when the page
 * works without a connection, and `newer` when another version is here: with a function that
 * begins to use it and loads the page again.
 */
export async function keep({ kept, newer }) {
  if (!serviceWorker) return;
  const before = serviceWorker.controller;
  const registration = await serviceWorker.register(new URL("check-offline.js", document.baseURI), { scope: "check", updateViaCache: "none" }).catch(() => null);
  if (!registration) return; // a browser that keeps nothing, such as in a private window

  const tell = () => newer(() => take(registration));
  const watch = async (worker) => {
    if (worker && (await reached(worker, "installed")) === "installed" && before) tell();
  };
  watch(registration.waiting);
  watch(registration.installing);
  registration.addEventListener("updatefound", () => watch(registration.installing));
  if (before) {
    kept();
    // Another tab has taken the newer version; what this one has loaded goes on working.
    serviceWorker.addEventListener("controllerchange", tell);
  } else if (registration.installing) {
    if ((await reached(registration.installing, "activated")) === "activated") kept();
  } else if (registration.active) {
    kept();
  }
}

function take({ waiting }) {
  if (!waiting) return location.reload();
  serviceWorker.addEventListener("controllerchange", () => location.reload());
  waiting.postMessage("take over");
}
