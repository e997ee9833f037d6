// What is told without a signal is kept in this browser and sent when the signal is back, each once.
//
// A record is one form: its key (the server makes one row of one key, however often it is sent), the address
// it goes to, the person who wrote it, its fields with the photographs, and whether it is still being written
// (draft), waits to be sent (waiting) or was sent back with faults (refused).

const box = document.querySelector("[data-outbox]");
const words = box.dataset;
const form = document.querySelector("form[data-keep]");
const AGAIN = 20000;

function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("prasan", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("outbox", { keyPath: "key" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function inStore(mode, act) {
  const database = await open();
  try {
    const transaction = database.transaction("outbox", mode);
    const asked = act(transaction.objectStore("outbox"));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
    return asked?.result;
  } finally {
    database.close();
  }
}

const put = (record) => inStore("readwrite", (store) => store.put(record));
const drop = (key) => inStore("readwrite", (store) => store.delete(key));
const own = async () => {
  const records = await inStore("readonly", (store) => store.getAll());
  return records.filter((record) => record.person === words.person);
};

function say(text, address) {
  box.hidden = !text;
  box.querySelector("p").textContent = text;
  if (!address) return;
  const link = document.createElement("a");
  link.href = address;
  link.textContent = words.open;
  box.querySelector("p").append(" ", link);
}

function fieldsOf(source, submitter) {
  const fields = [...new FormData(source)].filter(([name]) => name !== "csrfmiddlewaretoken");
  if (submitter?.name) fields.push([submitter.name, submitter.value]);
  return fields.filter(([, value]) => !(value instanceof File) || value.size);
}

function recordOf(state, submitter) {
  const action = new URL(form.action);
  return {
    key: form.elements.form_key.value,
    action: action.pathname,
    person: words.person,
    fields: fieldsOf(form, submitter),
    state,
    at: Date.now(),
  };
}

// Sending

async function tokenFor(record) {
  const answer = await fetch(`${record.action}?form_key=${record.key}`, { headers: { "X-Outbox": "1" } });
  if (!answer.ok) throw new Error(answer.statusText);
  const address = new URL(answer.url);
  if (address.pathname.startsWith("/accounts/")) return { signIn: true };
  if (address.pathname !== record.action) return { done: answer.url };
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { token: page.querySelector("[name=csrfmiddlewaretoken]").value };
}

async function send(record) {
  const found = await tokenFor(record);
  if (found.signIn) return { signIn: true };
  if (found.done) {
    await drop(record.key);
    return { done: found.done };
  }
  const body = new FormData();
  body.append("csrfmiddlewaretoken", found.token);
  for (const [name, value] of record.fields) body.append(name, value);
  const answer = await fetch(record.action, { method: "POST", body, headers: { "X-Outbox": "1" } });
  if (answer.redirected && answer.ok) {
    await drop(record.key);
    return { done: answer.url };
  }
  if (answer.status === 422) {
    await put({ ...record, state: "refused" });
    return { refused: true };
  }
  throw new Error(answer.statusText);
}

let sending = false;

async function sendWaiting() {
  if (sending || !navigator.onLine) return tell();
  sending = true;
  try {
    for (const record of await own()) {
      if (record.state !== "waiting") continue;
      const result = await send(record);
      if (result.signIn) return say(words.signIn);
      if (result.done) say(words.sent, result.done);
    }
  } catch {
    // still no signal: what waits stays, and is tried again
  } finally {
    sending = false;
  }
  return tell();
}

async function tell() {
  const records = await own();
  const waiting = records.filter((record) => record.state === "waiting").length;
  const refused = records.find((record) => record.state === "refused");
  if (refused) say(words.refused, `${refused.action}?form_key=${refused.key}`);
  else if (waiting) say(words.waiting.replace("#", waiting));
}

// Writing

function fill(record) {
  for (const [name, value] of record.fields) {
    const field = form.elements[name];
    if (!field || name === "form_key") continue;
    if (value instanceof File) {
      const files = new DataTransfer();
      for (const [other, file] of record.fields) if (other === name) files.items.add(file);
      field.files = files.files;
    } else if (field.type !== "file") {
      field.value = value;
      field.dispatchEvent?.(new Event("change", { bubbles: true }));
    }
  }
}

async function takeUpDraft() {
  const records = await own();
  const asked = form.elements.form_key.value;
  const kept = records.find((record) => record.key === asked && record.state !== "waiting");
  const draft = kept ?? records.find((record) => record.state === "draft" && record.action === location.pathname);
  if (draft && !document.querySelector("[data-focus]")) {
    form.elements.form_key.value = draft.key;
    fill(draft);
    if (draft.state === "draft") say(words.back);
  } else if (!navigator.onLine || records.some((record) => record.key === asked)) {
    form.elements.form_key.value = crypto.randomUUID();
  }
}

function keepWriting() {
  let timer;
  let isGone = false;
  const keep = () => {
    clearTimeout(timer);
    timer = setTimeout(() => isGone || put(recordOf("draft")), 300);
  };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isGone) return;
    isGone = true;
    clearTimeout(timer);
    const record = recordOf("waiting", event.submitter);
    await put(record);
    try {
      const result = await send(record);
      if (result.done) location.assign(result.done);
      else if (result.signIn) location.assign(`${words.signInAddress}?next=${record.action}`);
      else {
        // the server shows what is wrong, as without a script; nothing was made of the key
        const again = document.createElement("input");
        again.type = "hidden";
        if (event.submitter?.name) {
          [again.name, again.value] = [event.submitter.name, event.submitter.value];
          form.append(again);
        }
        form.elements.form_key.value = record.key;
        await put({ ...record, state: "draft" });
        form.submit();
      }
    } catch {
      form.reset();
      form.elements.form_key.value = crypto.randomUUID();
      isGone = false;
      delete form.dataset.sent;
      await tell();
      box.scrollIntoView({ block: "center" });
    }
  });
}

if (form) {
  await takeUpDraft();
  keepWriting();
  form.dataset.ready = "yes";
}
addEventListener("online", sendWaiting);
setInterval(sendWaiting, AGAIN);
sendWaiting();
navigator.serviceWorker?.register("/worker.js");
