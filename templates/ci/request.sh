#!/usr/bin/env bash
# 把请求和目标分支合并以后的文件放到一个新文件夹：request.sh 请求的版本 文件夹
# 在目标分支的工作目录里运行；只取文件，不运行请求里的任何东西。平台已经取好合并结果的，不用这一步。
set -euo pipefail
version=${1:?要写请求的版本}
folder=$(realpath -m "${2:?要写放到哪个文件夹}")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
if ! merged=$(git merge-tree --write-tree --no-messages HEAD "$version"); then
  echo "请求和目标分支有冲突：先把目标分支的最新内容合并进来，解决冲突，再提交一次"
  exit 1
fi
mkdir "$folder"
export GIT_INDEX_FILE="$folder.index"
git --work-tree="$folder" read-tree "$merged"
git --work-tree="$folder" checkout-index --all --quiet
rm -- "$GIT_INDEX_FILE"
