#!/usr/bin/env bash
# 生成待发布的站点，出审批单：release.sh 程序的文件夹 [日期]
# 只在默认分支上运行。日期不写时：刚登记了签字的，用签字那一版的日期，这样生成的和签字的逐字节相同；
# 其他时候用当天（中国时间，由程序自己取）。设了变量 LIAISON_FIRST=1 是第一次发布，网站上还没有内容。
set -euo pipefail
liaison=$(realpath "${1:?要写程序装在哪个文件夹}")/bin/liaison
day=${2:-}
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
unset LIAISON_TODAY
export LIAISON_CACHE=

if [ -z "$day" ]; then
  signed=$(git diff --name-only --diff-filter=A 'HEAD^' HEAD -- 'approvals/*.yml' | sort -V | tail -n 1)
  day=$(basename "$signed" | grep -oE '^[0-9]{4}-[0-9]{2}-[0-9]{2}' || true)
fi
today=()
if [ -n "$day" ]; then today=(--today "$day"); fi

if [ "${LIAISON_FIRST:-}" = 1 ]; then
  previous=() compared=(--first)
else
  url=$(sed -n "s/^url: *['\"]\{0,1\}\([^'\" #]*\).*/\1/p" site.yml)
  previous=(--previous "$url") compared=(--previous "$url")
fi
"$liaison" build "${today[@]}" "${previous[@]}"
"$liaison" approval "${today[@]}" "${compared[@]}"
