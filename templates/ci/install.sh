#!/usr/bin/env bash
# 装好程序：install.sh 文件夹
# 装的是这个脚本所在的那一版，依赖的包逐个核对校验值（requirements.txt）。
set -euo pipefail
venv=${1:?要写装到哪个文件夹}
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11, 5))' || { echo "需要 Python 3.11.5 或更新的版本"; exit 1; }
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
"$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation .
