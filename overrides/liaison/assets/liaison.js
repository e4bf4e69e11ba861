/* What is true now on a page built days ago, and the care switch. Pages are complete without it. ES2017 for old WebViews;
   the pure functions take `now` in milliseconds and stand on `window.liaison` for tests. */
(function () {
  'use strict';
  const root = document.documentElement;
  const DAY = 864e5;
  const WEEK = '一二三四五六日';
  const all = (selector, inside) => Array.from((inside || document).querySelectorAll(selector));

  /* The clock of Asia/Shanghai, UTC+8 all year; weekday 1–7 from Monday. */
  function shanghai(now) {
    const there = new Date(now + 8 * 36e5);
    const iso = there.toISOString();
    return {day: iso.slice(0, 10), time: iso.slice(11, 16), weekday: there.getUTCDay() || 7};
  }

  /* `14:30` as 「下午2:30」. */
  function clock(time) {
    const hour = +time.slice(0, 2);
    const part = hour < 6 ? '凌晨' : hour < 12 ? '上午' : hour < 13 ? '中午' : hour < 18 ? '下午' : '晚上';
    return part + (hour > 12 ? hour - 12 : hour) + time.slice(2);
  }

  /* Opening times of a day; null on a holiday. A compensating workday has those of Monday to Friday. */
  function timesOf(data, at) {
    if (data.off.includes(at.day)) return null;
    const on = test => data.hours.filter(([days]) => test(days)).map(([, from, to]) => [from, to]);
    let times = on(days => days.includes(at.weekday));
    if (!times.length && data.work.includes(at.day)) times = on(days => [1, 2, 3, 4, 5].every(day => days.includes(day)));
    return times.sort();
  }

  /* 「现在开放，到下午5:00」 「今天下午2:30开放」 「现在不开放；周一上午9:00开放」 */
  function opening(data, now) {
    for (let ahead = 0; ahead < 7; ahead++) {
      const at = shanghai(now + ahead * DAY);
      const times = timesOf(data, at);
      if (!times && !ahead) return {open: false, words: '今天放假，开放时间请先打电话'};
      const time = (times || []).find(([from, to]) => ahead || at.time < to);
      if (!time) continue;
      const open = !ahead && time[0] <= at.time;
      const day = ['今天', '明天'][ahead] || '周' + WEEK[at.weekday - 1];
      const words = open ? '现在开放，到' + clock(time[1]) : (ahead ? '现在不开放；' : '') + day + clock(time[0]) + '开放';
      return {open, words: words + (at.day > data.until ? '；节假日请先打电话' : '')};
    }
    return {open: false, words: '现在不开放；开放时间请先打电话'};
  }

  const over = (date, at) => date.day < at.day || (date.day === at.day && date.end <= at.time);

  /* Which of `dates` ({day, start, end, cancelled}, in order) is next, and what holds today. */
  function reception(dates, now) {
    const at = shanghai(now);
    const index = dates.findIndex(date => !date.cancelled && !over(date, at));
    const next = dates[index];
    if (!dates.length) return null;
    if (!next) return {index, today: false, words: '列出的日期已过，请打电话确认'};
    if (next.day === at.day) return {index, today: true, words: next.start <= at.time ? '正在接待，到' + clock(next.end) : '今天有接待'};
    const todays = dates.filter(date => date.day === at.day);
    const words = todays.some(date => !date.cancelled) ? '今天的接待已结束' : todays.length ? '今天的接待取消' : '今天没有接待';
    return {index, today: false, words: words + (next.day === shanghai(now + DAY).day ? '；明天有：' : '；下次：')};
  }

  const dated = element => ({
    day: element.dataset.d, start: element.dataset.s, end: element.dataset.e, cancelled: element.classList.contains('x'),
  });

  function line(parent, name, words) {
    const p = document.createElement('p');
    p.className = name;
    p.textContent = words;
    parent.appendChild(p);
  }

  /* Hides what is past; puts today's state on top of the first card. */
  function refresh(now) {
    const at = shanghai(now);
    all('li [data-d]').forEach(date => { date.closest('.on, li').hidden = over(dated(date), at); });
    all('#dates, #coming').forEach(part => { part.hidden = !part.querySelector('li:not([hidden])'); });
    const card = document.getElementById('now');
    if (!card) return;
    const rows = all('#dates [data-d]');
    const state = reception(rows.map(dated), now);
    const hours = card.dataset.hours && opening(JSON.parse(card.dataset.hours), now);
    const live = document.createElement('div');
    live.className = 'live';
    if (hours) line(live, hours.open ? 'open' : 'shut', hours.words);
    if (state) line(live, state.today ? 'say on' : 'say', state.words);
    if (state && rows[state.index]) {
      const next = document.createElement('div');
      next.className = 'next';
      rows[state.index].parentNode.childNodes.forEach(node => next.appendChild(node.cloneNode(true)));
      /* What a date shares with the only rule stands there; with several rules, people stand at their dates below. */
      const one = card.querySelector('.one');
      let told = !one;
      ['.at', 'small'].forEach(part => {
        const shared = one && one.querySelector(part);
        if (!shared || next.querySelector(part)) return;
        next.appendChild(shared.cloneNode(true));
        told = told || part === 'small';
      });
      live.classList.toggle('told', told);
      live.appendChild(next);
    }
    const old = card.querySelector('.live');
    if (old && old.textContent === live.textContent) return;
    if (old) card.removeChild(old);
    if (live.firstChild) card.insertBefore(live, card.firstChild);
  }

  /* Now, at every full minute, and when the page comes back into view. */
  function follow() {
    const tick = () => {
      refresh(Date.now());
      clearTimeout(follow.timer);
      follow.timer = setTimeout(tick, 60050 - Date.now() % 6e4);
    };
    tick();
    document.addEventListener('visibilitychange', () => { if (!document.hidden) tick(); });
    addEventListener('pageshow', tick);
  }

  const KEY = 'liaison-care';
  const speech = window.speechSynthesis;
  let care = false;
  try { care = localStorage.getItem(KEY) === '1'; } catch (refused) { /* no storage: the switch still works */ }
  root.classList.add('js');
  root.classList.toggle('care', care);

  /* 「朗读」 in care mode, a block at a time: long texts stall some engines. */
  function reader(button) {
    const read = document.createElement('button');
    read.type = 'button';
    read.className = 'pill read';
    button.parentNode.appendChild(read);
    let busy;
    const label = on => { busy = on; read.textContent = on ? '停止朗读' : '朗读'; };
    const stop = () => { speech.cancel(); label(false); };
    read.onclick = () => {
      if (busy) return stop();
      speech.cancel();
      const blocks = document.querySelector('main').innerText.split(/\n+/).filter(text => text.trim());
      blocks.forEach((text, place) => {
        const words = new SpeechSynthesisUtterance(text);
        words.lang = 'zh-CN';
        words.rate = .9;
        if (place === blocks.length - 1) words.onend = () => label(false);
        speech.speak(words);
      });
      label(true);
    };
    addEventListener('pagehide', stop);
    label(false);
    return on => { read.hidden = !on; if (!on) stop(); };
  }

  document.addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('care');
    const reading = button && speech && window.SpeechSynthesisUtterance ? reader(button) : () => {};
    const show = () => {
      root.classList.toggle('care', care);
      if (button) button.setAttribute('aria-pressed', care);
      reading(care);
    };
    if (button) button.onclick = () => {
      care = !care;
      try { localStorage.setItem(KEY, care ? '1' : '0'); } catch (refused) { /* as above */ }
      show();
    };
    show();
    follow();
  });

  window.liaison = {shanghai, clock, opening, reception, refresh};
})();
