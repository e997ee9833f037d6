// Takes number and secret from behind the # of the address into the form, and out of the address again.

const given = /^#([0-9]{10,16})-([0-9]{12})$/.exec(window.location.hash);
const form = document.querySelector("[data-tracking]");

if (given && form) {
  form.elements.receipt.value = given[1];
  form.elements.secret.value = given[2];
  form.querySelector("button[type=submit]").focus();
}
if (window.location.hash.length > 20) {
  // Replaced, not added to: going back must not bring the secret into the address again.
  window.history.replaceState(null, "", window.location.pathname + window.location.search);
}
