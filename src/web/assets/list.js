/** The list of searches: its check, a running sum, and lines from a file. Loaded after form.js. */

const LIST = document.getElementById('list');
const LIMIT = (name) => Number(LIST.dataset[name]);
const COLUMNS = {
  query: ['query', 'queries', 'search', 'keyword', 'keywords', 'text'],
  count: ['count', 'number', 'images', 'how many'],
  name: ['name', 'class', 'label', 'folder'],
};
/** Room for the names and numbers of a list that is sent; the server counts exactly. */
const TOO_LONG_FACTOR = 4;

const many = (count, one, several) => `${count.toLocaleString('en-US')} ${count === 1 ? one : several}`;

const isFilled = (line) => line.trim() !== '';

const linesOf = (text) =>
  text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r\n|[\n\r]/);

function cellsOf(line) {
  const cells = [...line.matchAll(/(^|[,;\t])("(?:[^"]|"")*"|[^,;\t]*)/g)];
  return cells.map(([, separator, cell]) => ({ separator, text: cell.trim().replace(/^"(.*)"$/, '$1') }));
}

function columnsOf(line) {
  return cellsOf(line).map(({ text }) =>
    Object.keys(COLUMNS).find((column) => COLUMNS[column].includes(text.toLowerCase())),
  );
}

/** Whether a first line names the columns of a table, as on the server. */
function namesColumns(line) {
  const columns = columnsOf(line);
  return columns.length > 1 ? !columns.includes(undefined) : line.trim().toLowerCase() === 'query';
}

/** A table with the names of its columns in front, as the server reads it. */
function withColumnNames(text) {
  const [first] = linesOf(text);
  if (namesColumns(first)) return text;
  const cells = cellsOf(first);
  const free = ['query', 'name'];
  const names = cells.map((cell) => (/^\d+$/.test(cell.text) ? 'count' : (free.shift() ?? '')));
  return `${names.join(cells[1]?.separator ?? ',')}\n${text}`;
}

/** The number that each search of the list asks for; NaN where it cannot be read here. */
function countsOf(text) {
  const lines = linesOf(text);
  const common = Number(valueOf('count') || Number.NaN);
  if (!namesColumns(lines[0]))
    return lines.filter(isFilled).map((line) => {
      const own = /\|([^|]*)$/.exec(line)?.[1];
      return own === undefined || !/\d/.test(own) ? common : Number(own);
    });
  const place = columnsOf(lines[0]).indexOf('count');
  return lines
    .slice(1)
    .filter(isFilled)
    .map((line) => {
      const own = cellsOf(line)[place]?.text ?? '';
      return own === '' ? common : Number(own);
    });
}

/** Problems that are plain before the list is sent; the server finds all. */
function checkQueries() {
  const text = control('queries').value;
  if (text.trim() === '') return '';
  const [max, length] = [LIMIT('maxListLength'), [...text].length];
  if (length > TOO_LONG_FACTOR * max) return wordProblem('queries.too_long', { max, length });
  const counts = countsOf(text);
  if (counts.length > LIMIT('maxQueries'))
    return wordProblem('queries.too_many', { max: LIMIT('maxQueries'), count: counts.length });
  const empty = linesOf(text).findIndex((line) => !isFilled(line));
  if (empty >= 0) return wordProblem('queries.empty', { line: empty + 1 });
  const sum = counts.reduce((total, count) => total + count, 0);
  return sum > LIMIT('maxJobImages') ? wordProblem('queries.sum', { sum, max: LIMIT('maxJobImages') }) : '';
}

function describeList() {
  const text = control('queries').value;
  const place = document.getElementById('queries-sum');
  let words = '';
  if (text.trim() !== '') {
    const counts = countsOf(text);
    const sum = counts.reduce((total, count) => total + count, 0);
    words = many(counts.length, 'search', 'searches');
    if (Number.isInteger(sum)) words += `, ${many(sum, 'image', 'images')}`;
    words += '.';
  }
  if (place.textContent !== words) place.textContent = words;
}

/** Puts the lines of a file into the field; what was there stays if the file cannot be read. */
async function takeFile(file) {
  LIST.open = true;
  const problem = await fileProblem(file);
  if (problem !== '') return showProblem('queries', problem);
  const text = await file.text();
  control('queries').value = /\.csv$/i.test(file.name) ? withColumnNames(text) : text;
  touched.add('queries');
  describeList();
  for (const name of ['queries', 'query']) show(name);
}

async function fileProblem(file) {
  const max = LIMIT('maxFileBytes');
  if (file.size > max) return wordProblem('queries.file_too_large', { max: max / 1000 });
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    if (text.trim() === '') return wordProblem('queries.file_empty');
    return text.includes('\0') ? wordProblem('queries.not_text') : '';
  } catch {
    return wordProblem('queries.not_text');
  }
}

CHECKS.queries = checkQueries;
const picker = document.getElementById('queries-file');
picker.closest('.field').hidden = false;
picker.addEventListener('change', async () => {
  if (picker.files.length > 0) await takeFile(picker.files[0]);
  // The same file can be chosen again after a change.
  picker.value = '';
});
form.addEventListener('dragover', (event) => {
  if (!event.dataTransfer.types.includes('Files')) return;
  event.preventDefault();
  form.classList.add('dropping');
});
for (const end of ['dragleave', 'drop']) form.addEventListener(end, () => form.classList.remove('dropping'));
form.addEventListener('drop', (event) => {
  const [file] = event.dataTransfer.files;
  if (file === undefined) return;
  event.preventDefault();
  void takeFile(file);
});
for (const name of ['queries', 'count']) control(name).addEventListener('input', describeList);
describeList();
