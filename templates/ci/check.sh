#!/usr/bin/env bash
# 检查一个合并请求：check.sh 程序的文件夹 请求的文件夹
# 这个脚本和它所在的文件夹是目标分支的版本，可信；请求的文件夹不可信，只拿 stations/ 和 content/，只当数据读，
# 不运行里面的任何东西。site.yml、mkdocs.yml、overrides/、plugins/、laws/ 都用目标分支的。
set -euo pipefail
liaison=$(realpath "${1:?要写程序装在哪个文件夹}")/bin/liaison
request=$(realpath "${2:?要写请求在哪个文件夹}")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

others=$(diff -rq --no-dereference -x .git -x stations -x content -- . "$request" || true)
if [ -n "$others" ]; then
  echo "请求还改了 stations/、content/ 以外的文件。这些文件没有采用，也没有检查，合并前由维护人员逐个看："
  printf '%s\n' "$others" | head -n 50 | cat -v
  echo
fi

for part in stations content; do
  rm -rf -- "$part"
  if [ -e "$request/$part" ] || [ -L "$request/$part" ]; then
    cp -RP -- "$request/$part" "$part"
  fi
done
export LIAISON_CACHE=
"$liaison" check --site . --base HEAD
