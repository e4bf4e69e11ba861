/* Lessons: seek, follow what is said, questions; how far somebody got, kept on the device alone. Pages are complete
   without it. ES2017 for old WebViews; the pure functions stand on `window.liaisonLessons` for tests. */
(function () {
  'use strict';
  if (window.liaisonLessons) return;
  const KEY = 'liaison-lessons';
  const PACE = 'liaison-pace';
  const PACES = [.75, 1, 1.25, 1.5];
  const all = (selector, inside) => Array.from((inside || document).querySelectorAll(selector));
  const one = (selector, inside) => (inside || document).querySelector(selector);

  /* 72.5 as 「01:12」. */
  function clock(seconds) {
    const parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map(part => String(Math.floor(part)).padStart(2, '0'));
    return (seconds < 3600 ? parts.slice(1) : parts).join(':');
  }

  /* Records by lesson: {at: seconds, done: true, score: [right, of]}. What cannot be read is none. */
  function parse(text) {
    let read = null;
    try { read = JSON.parse(text); } catch (broken) { /* none */ }
    const records = {};
    Object.keys(read || {}).forEach(key => { if (read[key] instanceof Object) records[key] = read[key]; });
    return records;
  }

  const noted = (records, key, change) => Object.assign({}, records, {[key]: Object.assign({}, records[key], change)});
  const heard = (at, length) => at / length >= .9;

  /* Which of `times`, in order, holds `at`; -1 before the first. */
  const pieceAt = (times, at) => times.filter(time => time <= at + .05).length - 1;

  /* How many lessons are finished, and the place of the first that is not; -1 where all are. */
  function progress(keys, records) {
    const open = keys.map(key => !(records[key] || {}).done);
    return {done: open.filter(still => !still).length, next: open.indexOf(true)};
  }

  /* Storage may be missing, full or forbidden: then this page alone remembers. */
  let memory = {};
  function stored(name, value) {
    try {
      if (value !== undefined) localStorage.setItem(name, value);
      return localStorage.getItem(name);
    } catch (refused) {
      if (value !== undefined) memory[name] = value;
      return memory[name];
    }
  }
  const load = () => parse(stored(KEY));
  const recordOf = key => load()[key] || {};
  const note = (key, change) => stored(KEY, JSON.stringify(noted(load(), key, change)));

  function make(tag, name, words, parent) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (words) element.textContent = words;
    if (tag === 'button') element.type = 'button';
    if (parent) parent.appendChild(element);
    return element;
  }

  /* A row becomes a button with the same content. */
  function pressable(row, press) {
    const button = make('button');
    const inner = row.firstElementChild;
    while (inner.firstChild) button.appendChild(inner.firstChild);
    row.replaceChild(button, inner);
    button.onclick = press;
    return button;
  }

  /* Marks the piece that is playing; gives it when it has just become so. */
  function turning(pieces, times) {
    let last = -1;
    return at => {
      const now = pieceAt(times, at);
      if (now === last) return null;
      if (pieces[last]) pieces[last].removeAttribute('aria-current');
      if (pieces[now]) pieces[now].setAttribute('aria-current', 'true');
      return pieces[last = now];
    };
  }

  const secondsOf = element => +element.dataset.t;

  function finish(lesson, change) {
    note(lesson.dataset.key, Object.assign({done: true}, change));
    const lead = one('.lead', lesson);
    if (lead && !one('.done', lead)) make('span', 'done', ' · 已学完', lead);
  }

  function paces(media) {
    const row = make('div', 'pace', '', media.parentNode);
    row.setAttribute('role', 'group');
    row.setAttribute('aria-label', '播放速度');
    make('small', '', '速度', row);
    const set = pace => {
      media.defaultPlaybackRate = media.playbackRate = pace;
      all('button', row).forEach((button, place) => button.setAttribute('aria-pressed', PACES[place] === pace));
    };
    PACES.forEach(pace => {
      make('button', 'pill', pace + '×', row).onclick = () => { stored(PACE, pace); set(pace); };
    });
    set(PACES.find(pace => pace === +stored(PACE)) || 1);
  }

  /* What is said: one stop of the Tab key, arrow keys go from piece to piece. It scrolls in its own box, and not within
     five seconds of the reader's own scrolling. */
  function transcript(box, go) {
    const pieces = box ? all('[data-t]', box) : [];
    if (!pieces.length) return () => {};
    const hint = make('p', 'note', '点哪一句，就从哪一句放起。');
    make('span', 'keys', '用键盘：方向键换句，回车键播放。', hint);
    box.parentNode.insertBefore(hint, box);
    box.classList.add('long');
    let touched = 0;
    ['touchmove', 'wheel', 'keydown'].forEach(name => box.addEventListener(name, () => { touched = Date.now(); }, {passive: true}));
    const stopAt = piece => pieces.forEach(other => { other.tabIndex = other === piece ? 0 : -1; });
    stopAt(pieces[0]);
    pieces.forEach((piece, place) => {
      piece.setAttribute('role', 'button');
      piece.onclick = () => { stopAt(piece); go(secondsOf(piece)); };
      piece.onkeydown = event => {
        const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
        const next = pieces[place + step];
        if (event.key === 'Enter' || event.key === ' ') piece.onclick();
        else if (!step) return;
        else if (next) { stopAt(next); next.focus(); }
        event.preventDefault();
      };
    });
    const turn = turning(pieces, pieces.map(secondsOf));
    return at => {
      const piece = turn(at);
      if (!piece || Date.now() - touched < 5000) return;
      const top = piece.offsetTop;
      if (top < box.scrollTop || top + piece.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top - box.clientHeight / 4;
    };
  }

  function listen(lesson, media) {
    const key = lesson.dataset.key;
    const lost = one('.lost', lesson);
    const source = one('source', media);
    const lose = isLost => {
      media.hidden = isLost;
      lost.hidden = !isLost;
      if (isLost) all('.script', lesson).forEach(said => { said.open = true; });
    };
    const fail = () => lose(true);
    /* Before the recording is there, the place is set once it is. */
    const go = at => {
      const seek = () => { media.currentTime = at; };
      if (media.readyState) seek(); else media.addEventListener('loadedmetadata', seek, {once: true});
      const begun = media.play();
      if (begun) begun.catch(() => { /* the player shows that it stands still */ });
    };
    one('button', lost).onclick = () => {
      lose(false);
      media.load();
      go(0);
      media.focus();
    };
    source.addEventListener('error', fail);
    media.addEventListener('error', fail);
    if (source.type && !media.canPlayType(source.type)) fail();
    /* Captions that are on by default would be fetched before anybody plays. */
    media.addEventListener('play', () => all('track', media).forEach(track => { track.track.mode = 'showing'; }), {once: true});

    const before = recordOf(key).at;
    const resume = make('button', 'act', '从 ' + clock(before) + ' 接着' + (media.tagName === 'AUDIO' ? '听' : '看'));
    resume.hidden = !(before >= 10);
    resume.onclick = () => { go(before); resume.hidden = true; media.focus(); };
    media.parentNode.insertBefore(resume, media.nextSibling);
    paces(media);

    const follow = transcript(one('.box', lesson), go);
    const rows = all('.chapters li', lesson);
    const turn = turning(rows.map(row => pressable(row, () => go(secondsOf(row)))), rows.map(secondsOf));
    let kept = 0;
    const keep = () => {
      if (media.ended || !(media.currentTime >= 5)) return;
      kept = media.currentTime;
      note(key, {at: heard(kept, media.duration) ? 0 : kept});
    };
    media.addEventListener('timeupdate', () => {
      const at = media.currentTime;
      follow(at);
      turn(at);
      if (at > before) resume.hidden = true;
      if (Math.abs(at - kept) >= 5) keep();
      if (heard(at, media.duration) && !recordOf(key).done) finish(lesson);
    });
    media.addEventListener('pause', keep);
    addEventListener('pagehide', keep);
    media.addEventListener('ended', () => finish(lesson, {at: 0}));
  }

  /* A lesson to read is finished where its text ends. */
  function watch(lesson, text) {
    if (!text || !window.IntersectionObserver) return;
    const end = new IntersectionObserver(entries => {
      if (!entries.some(entry => entry.isIntersecting)) return;
      end.disconnect();
      finish(lesson);
    }, {rootMargin: '64px'});
    end.observe(make('div', '', '', text));
  }

  function quiz(section, key) {
    const cards = all('.card', section);
    const summed = (right, of) => '共' + of + '道题，答对' + right + '道';
    const before = recordOf(key).score;
    const score = make('div', 'score', before instanceof Array ? '上次做：' + summed(...before) : '', section);
    score.setAttribute('role', 'status');
    const again = make('button', 'act', '再做一遍', section);
    again.hidden = true;
    let answered = [];
    const resets = cards.map((card, number) => {
      const answer = one('details', card);
      const rows = all('li', card);
      const told = make('div', 'told', '', card);
      told.setAttribute('role', 'status');
      answer.hidden = true;
      const buttons = rows.map((chosen, place) => pressable(chosen, () => {
        if (number in answered) return;
        const isRight = answered[number] = 'right' in chosen.dataset;
        buttons.forEach((button, other) => {
          const right = 'right' in rows[other].dataset;
          const words = [other === place && '您选的', right && '正确答案'].filter(Boolean).join('，');
          button.setAttribute('aria-disabled', 'true');
          if (!words) return;
          make('small', '', words, button);
          button.className = right ? 'right' : 'wrong';
        });
        told.classList.toggle('yes', isRight);
        make('b', '', isRight ? '答对了。' : '没答对。', make('p', '', '', told));
        all('p', answer).slice(isRight ? 1 : 0).forEach(p => told.appendChild(p.cloneNode(true)));
        if (Object.keys(answered).length < cards.length) return;
        const result = [answered.filter(Boolean).length, cards.length];
        note(key, {score: result});
        score.textContent = summed(...result);
        again.hidden = false;
      }));
      return () => {
        told.textContent = '';
        buttons.forEach(button => {
          button.className = '';
          button.removeAttribute('aria-disabled');
          all('small', button).forEach(small => button.removeChild(small));
        });
      };
    });
    again.onclick = () => {
      answered = [];
      resets.forEach(reset => reset());
      score.textContent = '';
      again.hidden = true;
      one('button', section).focus();
    };
  }

  function handout(how) {
    if (!window.print || /MicroMessenger/i.test(navigator.userAgent)) {
      how.textContent = '要打印一页讲义：点右上角“…”，选“在浏览器打开”，再打印。';
      return;
    }
    how.hidden = true;
    make('button', 'act', '打印讲义', how.parentNode).onclick = () => print();
  }

  /* Marks beside lessons in lists; on a series' page where to go on. */
  function marks() {
    const records = load();
    const rows = all('li[data-key]');
    rows.forEach(row => {
      const link = row.firstElementChild;
      const {done, at} = records[row.dataset.key] || {};
      const old = one('.done', link);
      if (old) link.removeChild(old);
      if (done || at > 0) make('i', 'done', done ? '✓ 已学完' : '学到 ' + clock(at), link);
    });
    const card = one('.learn');
    if (!card || !rows.length) return;
    const state = progress(rows.map(row => row.dataset.key), records);
    const next = rows[state.next];
    const begun = Boolean(one('i.done'));
    card.textContent = '';
    card.className = 'learn card key';
    card.hidden = false;
    if (state.done) make('b', '', '您已学完' + (next ? '' : '全部') + state.done + '讲', card);
    if (next) {
      const way = make('a', 'act call', (begun ? '接着学：第' : '开始学：第') + one('.no', next).textContent + '讲', card);
      way.href = one('a', next).href;
      make('small', '', one('b', next).textContent, way);
    }
    const said = make('p', 'note', '学到哪里只记在这台设备上，不会上传。', card);
    said.tabIndex = -1;
    if (begun) make('button', 'pill', '清除学习记录', card).onclick = event => {
      const sure = '再点一次就清除';
      if (event.target.textContent !== sure) {
        event.target.textContent = sure;
        return;
      }
      stored(KEY, '{}');
      marks();
      const after = one('.note', card);
      after.textContent = '学习记录已清除。';
      after.focus();
    };
  }

  /* WeChat opens no feed: its address can be copied. */
  function copies(link) {
    make('button', 'pill', '复制链接', link.parentNode).onclick = event => {
      const field = make('textarea', '', link.href, link.parentNode);
      field.select();
      event.target.textContent = document.execCommand('copy') ? '已复制' : '请长按左边复制';
      link.parentNode.removeChild(field);
      event.target.focus();
    };
  }

  function start() {
    all('.lesson[data-key]').forEach(lesson => {
      const key = lesson.dataset.key;
      const media = one('video, audio', lesson);
      if (recordOf(key).done) finish(lesson);
      if (media) listen(lesson, media); else watch(lesson, one('.text', lesson));
      all('.quiz', lesson).forEach(section => quiz(section, key));
      all('.how', lesson).forEach(handout);
      /* A table wider than the screen scrolls: by keyboard too. */
      all('.text table').forEach(table => { if (table.scrollWidth > table.clientWidth) table.tabIndex = 0; });
    });
    all('.feeds a').forEach(copies);
    marks();
    addEventListener('pageshow', event => { if (event.persisted) marks(); });
  }

  window.liaisonLessons = {clock, parse, noted, heard, pieceAt, progress};
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start); else start();
})();
