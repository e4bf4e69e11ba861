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
  const places = codes => [].concat(...codes.map(code => ['S', 'D'].map(kind => kind + code.replace(/^(..)(.*)/, '/$1/$2/'))));

  /* The pages an address may have meant; none for one in its proper form. */
  function repaired(path) {
    const [, kind, head, tail] = /^(?:([sd])\/)?([^/]{2})\/?([^/]{5})\/?(?:index\.html)?$/i.exec(path) || [];
    const found = places(head ? candidates(head + tail) : []).filter(one => !kind || one[0] === kind.toUpperCase());
    return found.includes(path) ? [] : found;
  }

  window.liaisonCodes = {ALPHABET, LOOK_ALIKES, fold, isValid, candidates, repaired};
  const form = document.getElementById('entry');
  if (!form) return;

  const input = form.elements.q;
  const said = document.querySelector('.said');
  const hits = document.getElementById('hits');
  const local = location.protocol === 'file:';
  const base = new URL(form.dataset.base, location.href).href.replace(/index\.html$/, '');
  const address = path => base + path + (local ? 'index.html' : '');
  let turn = 0;

  /* Is the page there? null: nobody can say. A copy without a server brings a list of codes. */
  const listed = window.liaisonListed;
  const exists = path => listed ? listed.includes(path.replace(/\//g, '')) :
    local ? null : fetch(address(path), {method: 'HEAD'})
      .then(answer => answer.ok || (answer.status === 404 ? false : null), () => null);

  function say(words, paths) {
    turn++;
    said.textContent = words;
    hits.textContent = '';
    hits.hidden = !paths;
    (paths || []).forEach(path => {
      const a = document.createElement('a');
      a.href = address(path);
      a.textContent = (path[0] === 'S' ? '联络站 ' : '代表 ') + grouped(path.replace(/^.|\//g, ''));
      hits.appendChild(document.createElement('li')).appendChild(a);
    });
  }

  /* Goes on when one of the pages is there, offers several, says `none` when there is none. */
  function lookUp(paths, go, none) {
    say('正在查找…');
    const mine = turn;
    Promise.all(paths.map(exists)).then(answers => {
      const which = answer => paths.filter((path, index) => answers[index] === answer);
      const found = which(true);
      if (mine !== turn) return;
      if (!found.length) return which(null).length ? say('现在不能自动查找，请点下面试一试：', which(null)) : say(none);
      say(found[1] ? '您要找的可能是：' : '找到了，正在打开…', found);
      if (!found[1]) go(address(found[0]));
    });
  }

  /* What was typed; of a whole address the code in it. */
  const typed = () => input.value.replace(/^.*\/[SD]\/(..)\/(.{5})\/?\s*$/i, '$1$2');

  function find(go) {
    const text = fold(typed());
    const paths = places(candidates(text));
    const none = !/^[0-9A-Z]{1,10}$/.test(text) ? '这不像海报上的编号。找村（社区）、找代表，请用下面的办法。' :
      text.length === LENGTH ? '没有这个编号，可能看错了一两位，请对照海报再看一遍。' : '编号是7位，现在是' + text.length + '位，请对照海报再看一遍。';
    if (paths.length) lookUp(paths, go, none);
    else say(none);
  }

  form.onsubmit = event => {
    event.preventDefault();
    find(url => location.assign(url));
  };

  input.oninput = () => {
    const text = fold(typed());
    const codes = candidates(text);
    say(codes[0] && !codes[1] ? '读作 ' + grouped(codes[0]) : /^[0-9A-Z]{1,6}$/.test(text) ? '还差' + (LENGTH - text.length) + '位' : '');
  };

  const query = new URLSearchParams(location.search).get('q');
  if ('missing' in form.dataset) {
    const here = location.href.split(/[?#]/)[0];
    const paths = here.startsWith(base) ? repaired(here.slice(base.length)) : [];
    if (paths.length) lookUp(paths, url => location.replace(url), '');
  } else if (query) {
    input.value = query;
    find(url => location.replace(url));
  }
})();
