/* From what is typed, or an address that leads nowhere, to the page of a permanent code.
   `fold`, `isValid`, `candidates` are those of model/codes.py, sign for sign; a test compares them. */
(function () {
  'use strict';
  const ALPHABET = '23456789BCDFGHJKMNPQRTVWXY';
  const LENGTH = 7;
  const LOOK_ALIKES = {
    "0": "QD", "O": "QD", "1": "7T", "I": "T7", "L": "T7", "S": "5", "Z": "2", "U": "V", "A": "4", "E": "F3",
    "8": "B", "B": "8", "6": "G", "G": "6C", "5": "6", "2": "7", "7": "T2", "Q": "D", "D": "Q", "V": "YW", "Y": "V",
    "M": "NH", "N": "MH", "H": "NM", "P": "R", "R": "P", "K": "X", "X": "K", "C": "G", "F": "P", "T": "7", "W": "V",
    "3": "8", "4": "9", "9": "4", "J": "T"
  };
  /* Python's white space, then the other separators. */
  const SEPARATORS = /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\-\u2010\u2011\u2013\u2014_.\xb7:,\uff0c\u3002]+/g;

  const fold = text => text
    .replace(/[\uff01-\uff5e]/g, sign => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(SEPARATORS, '').toUpperCase();

  function isValid(text) {
    if (!/^[2-9BCDFGHJKMNPQRTVWXY]{7}$/.test(text) || !/[B-Y]/.test(text.slice(0, -1))) return false;
    const size = ALPHABET.length;
    let sum = size / 2;
    for (const sign of text) sum = ((sum || size) * 2 % (size + 1) + ALPHABET.indexOf(sign)) % size;
    return sum === 1;
  }

  function candidates(typed) {
    const text = fold(typed);
    const signs = Array.from(text);
    if (signs.length !== LENGTH) return [];
    if (isValid(text)) return [text];
    const choices = signs.map(sign => ALPHABET.includes(sign) ? sign : LOOK_ALIKES[sign] || '');
    if (choices.includes('')) return [];
    if (signs.every(sign => ALPHABET.includes(sign))) {
      const misread = [];
      signs.forEach((sign, place) => {
        for (const other of LOOK_ALIKES[sign]) misread.push(text.slice(0, place) + other + text.slice(place + 1));
      });
      return Array.from(new Set(misread)).filter(isValid);
    }
    return choices
      .reduce((heads, tails) => [].concat(...heads.map(head => Array.from(tails, tail => head + tail))), [''])
      .filter(isValid);
  }

  const grouped = code => code.slice(0, 3) + ' ' + code.slice(3);
  const place = (kind, code) => kind + '/' + code.slice(0, 2) + '/' + code.slice(2) + '/';

  /* The pages an address may have meant; none for one in its proper form. */
  function repaired(path) {
    const parts = /^(?:([sd])\/)?([^/]{2})\/?([^/]{5})\/?(?:index\.html)?$/i.exec(path);
    if (!parts) return [];
    const kinds = parts[1] ? [parts[1].toUpperCase()] : ['S', 'D'];
    const found = [];
    candidates(parts[2] + parts[3]).forEach(code => kinds.forEach(kind => found.push(place(kind, code))));
    return found.includes(path) ? [] : found;
  }

  /* Does the page exist? null: nobody can say. */
  function exists(url, method) {
    return fetch(url, {method: method || 'HEAD', credentials: 'same-origin'}).then(answer => {
      if (answer.ok) return true;
      if (answer.status === 404 || answer.status === 410) return false;
      return method ? null : exists(url, 'GET');
    }, () => null);
  }

  const form = document.getElementById('entry');
  window.liaisonCodes = {ALPHABET, LOOK_ALIKES, fold, isValid, candidates, repaired};
  if (!form) return;

  const input = form.elements.q;
  const said = document.querySelector('.said');
  const hits = document.getElementById('hits');
  const local = location.protocol === 'file:';
  const base = new URL(form.dataset.base, location.href).href.replace(/index\.html$/, '');
  const address = path => base + path + (local ? 'index.html' : '');
  let turn = 0;

  const say = words => { said.textContent = words; };

  function offer(paths, words) {
    hits.textContent = '';
    paths.forEach(path => {
      const a = document.createElement('a');
      a.href = address(path);
      a.textContent = words(path);
      hits.appendChild(document.createElement('li')).appendChild(a);
    });
    hits.hidden = !paths.length;
  }

  const nameOf = path => (path[0] === 'S' ? '联络站 ' : '代表 ') + grouped(path.slice(2, 4) + path.slice(5, 10));

  /* What was typed; of a whole address the code in it. */
  function typed() {
    const inside = /\/[SD]\/([^/]{2})\/([^/]{5})\/?$/i.exec(input.value.trim());
    return inside ? inside[1] + inside[2] : input.value;
  }

  function objection(text) {
    const count = Array.from(text).length;
    if (!/^[0-9A-Z]+$/.test(text) || count > 10) return '这不像海报上的编号，编号如 7K3 M9TY。找村（社区）、找代表，请用下面的办法。';
    if (count !== LENGTH) return '编号是7位，现在是' + count + '位，请对照海报再看一遍。';
    return '没有这个编号，可能看错了一两位。请对照海报再看一遍，或者扫一扫海报上的二维码。';
  }

  /* Goes on when one of the pages exists, offers several, says so when none does. */
  function lookUp(paths, go, none) {
    const mine = ++turn;
    offer([]);
    if (local) {
      say('离线阅读时不能自动查找，请点下面试一试：');
      return offer(paths, nameOf);
    }
    say('正在查找…');
    Promise.all(paths.map(path => exists(address(path)))).then(answers => {
      if (mine !== turn) return;
      const found = paths.filter((path, index) => answers[index]);
      const unsure = paths.filter((path, index) => answers[index] === null);
      if (found.length === 1) {
        say('找到了，正在打开…');
        offer(found, nameOf);
        go(address(found[0]));
      } else if (found.length) {
        say('您要找的可能是：');
        offer(found, nameOf);
      } else if (unsure.length) {
        say('没有连上网站，请稍后再试，或者点下面：');
        offer(unsure, nameOf);
      } else say(none);
    });
  }

  function find(go) {
    const text = typed();
    const codes = candidates(text);
    const paths = [].concat(...codes.map(code => [place('S', code), place('D', code)]));
    if (paths.length) return lookUp(paths, go, objection(fold(text)));
    turn++;
    offer([]);
    say(objection(fold(text)));
  }

  form.addEventListener('submit', event => {
    event.preventDefault();
    find(url => location.assign(url));
  });

  input.addEventListener('input', () => {
    turn++;
    offer([]);
    const text = fold(typed());
    const codes = candidates(text);
    if (!text || !/^[0-9A-Z]+$/.test(text)) say('');
    else if (text.length < LENGTH) say('已输入' + text.length + '位，还差' + (LENGTH - text.length) + '位');
    else if (codes.length === 1) say('读作 ' + grouped(codes[0]));
    else if (codes.length) say('有' + codes.length + '种读法，点“查找”看看');
    else say(objection(text));
  });

  if ('missing' in form.dataset) {
    let path = '';
    try { path = decodeURIComponent(location.href.split(/[?#]/)[0].slice(base.length)); } catch (broken) { /* not ours */ }
    const paths = location.href.indexOf(base) === 0 ? repaired(path) : [];
    const code = /(?:^|\/)([^/]{2})\/?([^/]{5})\/?$/.exec(path);
    if (code && candidates(code[1] + code[2]).length) input.value = grouped(fold(code[1] + code[2]));
    if (paths.length) lookUp(paths, url => location.replace(url), '');
  } else {
    const asked = new URLSearchParams(location.search).get('q');
    if (asked) {
      input.value = asked;
      find(url => location.replace(url));
    }
  }
})();
