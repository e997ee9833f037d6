// Adds up the activities while they are typed, and writes which fiscal year each “year 1, 2, …” is.

const form = document.querySelector("[data-activities]")?.closest("form");
const thaiDigits = (text) => text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0xe50));

function amount(box) {
  const number = Number(thaiDigits(box.value).replace(/[,\s]|บาท|baht/g, ""));
  return Number.isFinite(number) && number > 0 ? number : 0;
}

function addUp() {
  const total = form.querySelector("[data-total]");
  const sums = [...form.querySelectorAll("input[name^='activity_'][name*='_year_']")];
  const satang = sums.reduce((sum, box) => sum + Math.round(amount(box) * 100), 0);
  const baht = (satang / 100).toLocaleString("en", { minimumFractionDigits: satang % 100 ? 2 : 0 });
  total.textContent = document.documentElement.lang === "en" ? `${baht} baht` : `${baht} บาท`;
}

function nameYears() {
  const first = Number(form.elements.fiscal_year.value);
  for (const box of form.querySelectorAll("input[name*='_year_']")) {
    const label = form.querySelector(`label[for='${box.id}']`);
    label.dataset.words ??= label.textContent;
    label.textContent = `${label.dataset.words} · ${first + Number(box.name.split("_").pop()) - 1}`;
  }
}

if (form) {
  form.addEventListener("input", (event) => {
    if (event.target.name?.includes("_year_")) addUp();
    if (event.target.name === "fiscal_year") nameYears();
  });
  document.addEventListener("htmx:afterSettle", () => {
    nameYears();
    addUp();
  });
  nameYears();
}
