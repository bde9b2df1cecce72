
'use strict';
(() => {
  const tip = document.getElementById('tip');
  let shown = null;

  // A mark's text is its <title>; where this script runs, it is shown at once and near the mark instead of after a while.
  for (const title of document.querySelectorAll('svg .mark > title')) {
    const mark = title.parentNode;
    mark.dataset.tip = title.textContent;
    mark.setAttribute('aria-label', title.textContent);
    title.remove();
  }
  function hide() {
    if (shown) shown.classList.remove('on');
    shown = null;
    tip.hidden = true;
  }
  function show(event) {
    const mark = event.target instanceof Element ? event.target.closest('.mark') : null;
    if (!mark) { hide(); return; }
    if (mark !== shown) {
      hide();
      shown = mark;
      mark.classList.add('on');
      tip.textContent = mark.dataset.tip;
      tip.hidden = false;
    }
    const box = tip.getBoundingClientRect();
    const x = Math.min(event.clientX + 14, innerWidth - box.width - 6);
    const y = event.clientY + box.height + 22 > innerHeight ? event.clientY - box.height - 12 : event.clientY + 16;
    tip.style.left = Math.max(4, x) + 'px';
    tip.style.top = Math.max(4, y) + 'px';
  }
  addEventListener('pointermove', show);
  addEventListener('pointerdown', show);
  addEventListener('scroll', hide, { passive: true });

  function value(row, column) {
    const cell = row.cells[column];
    return cell.dataset.v === undefined ? cell.textContent : cell.dataset.v === '' ? null : Number(cell.dataset.v);
  }
  function order(a, b) {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en', { numeric: true });
  }
  for (const button of document.querySelectorAll('th button')) {
    button.addEventListener('click', () => {
      const head = button.parentNode;
      const body = head.closest('table').tBodies[0];
      const up = head.getAttribute('aria-sort') !== 'ascending';
      for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
      const rows = Array.from(body.rows);
      rows.sort((a, b) => {
        const one = value(a, head.cellIndex), two = value(b, head.cellIndex);
        return one === null || two === null || up ? order(one, two) : order(two, one);
      });
      body.append(...rows);
    });
  }
  for (const input of document.querySelectorAll('input[type=search]')) {
    const table = document.getElementById(input.dataset.table);
    const count = input.parentNode.querySelector('.count');
    input.addEventListener('input', () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let left = 0;
      for (const row of table.tBodies[0].rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every(word => text.includes(word));
        if (!row.hidden) left++;
      }
      count.textContent = words.length ? left + ' of ' + table.tBodies[0].rows.length + ' rows' : '';
    });
  }

  function save(name, blob) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
  // The panels on a grid below the legend, as the files have them: the attributes of the drawings are those for paper.
  function compose(figure) {
    const panels = Array.from(figure.querySelectorAll('svg.panel'));
    const legend = figure.querySelector('svg.legend');
    const columns = panels.length === 4 ? 2 : Math.min(3, panels.length);
    const width = columns * 400;
    const placed = [];
    let top = 0;
    const place = (drawing, x, y) => {
      const copy = drawing.cloneNode(true);
      copy.setAttribute('x', x);
      copy.setAttribute('y', y);
      placed.push(copy);
      return drawing.viewBox.baseVal.height;
    };
    if (legend) top += place(legend, 0, 0);
    for (let first = 0; first < panels.length; first += columns) {
      const line = panels.slice(first, first + columns);
      top += Math.max(...line.map((panel, i) => place(panel, i * 400, top)));
    }
    const root = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    root.setAttribute('viewBox', '0 0 ' + width + ' ' + top);
    root.setAttribute('width', width);
    root.setAttribute('height', top);
    root.setAttribute('font-family', 'Helvetica, Arial, sans-serif');
    const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    paper.setAttribute('width', width);
    paper.setAttribute('height', top);
    paper.setAttribute('fill', '#ffffff');
    root.append(paper, ...placed);
    return { text: new XMLSerializer().serializeToString(root), width, height: top };
  }
  function paint(drawing, name) {
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement('canvas');
      canvas.width = drawing.width * 2;
      canvas.height = drawing.height * 2;
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob(blob => save(name, blob), 'image/png');
    };
    image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(drawing.text);
  }
  for (const button of document.querySelectorAll('button[data-save]')) {
    button.addEventListener('click', () => {
      const figure = button.closest('figure');
      const name = figure.dataset.name + '.' + button.dataset.save;
      if (button.dataset.save === 'csv') save(name, new Blob([figure.querySelector('pre').textContent], { type: 'text/csv' }));
      else if (button.dataset.save === 'svg') save(name, new Blob([compose(figure).text], { type: 'image/svg+xml' }));
      else paint(compose(figure), name);
    });
  }
})();
