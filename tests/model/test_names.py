import random
import re
import string
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.model.names import SURNAMES, reading, surname_of, syllables, unreadable

# Readings as they are known to hold for surnames, written down by hand, not taken from the program.
UNLIKE_THE_COMMON_WORD = """
曾zeng 单shan 仇qiu 解xie 区ou 查zha 翟zhai 朴piao 缪miao 乐yue 覃qin 任ren 盖ge 华hua 尉迟yuchi 万俟moqi 欧阳ouyang
燕yan 应ying 员yun 贲ben 秘bi 卜bu 晁chao 谌chen 种chong 褚chu 都du 费fei 句gou 呙guo 哈ha 黑he 郇xun 纪ji 嵇ji 隽juan
阚kan 乜nie 宁ning 逄pang 繁po 亓qi 瞿qu 召shao 佘she 折she 盛sheng 宿su 眭sui 洗xian 冼xian 相xiang 么yao 於yu 俞yu
臧zang 迮ze 占zhan 祭zhai 訾zi 车che 曲qu 能nai 那na 殷yin 沈shen 柏bai 薄bo 葛ge 佴nai 粘nian 长孙zhangsun 澹台tantai
令狐linghu 乐正yuezheng 鲜于xianyu 皇甫huangfu 夏侯xiahou 闾丘lvqiu 钟离zhongli 濮阳puyang 淳于chunyu 申屠shentu
"""
ORDINARY = """
王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo 林lin 何he 高gao
梁liang 郑zheng 罗luo 宋song 谢xie 唐tang 韩han 曹cao 许xu 邓deng 萧xiao 冯feng 程cheng 蔡cai 彭peng 潘pan 袁yuan 于yu
董dong 苏su 叶ye 吕lv 魏wei 蒋jiang 田tian 杜du 丁ding 姜jiang 范fan 傅fu 钟zhong 卢lu 汪wang 戴dai 崔cui 陆lu 廖liao
姚yao 方fang 谭tan 贾jia 石shi 孟meng 秦qin 薛xue 侯hou 雷lei 龙long 段duan 郝hao 孔kong 邵shao 万wan 严yan 洪hong
龚gong 匡kuang 旷kuang 阳yang 粟su 禹yu 滕teng 卿qing 向xiang 隆long 舒shu 易yi 庹tuo 禤xuan 仝tong 邝kuang 佟tong
鄢yan 蹇jian 雒luo 诸葛zhuge 上官shangguan 司马sima 慕容murong
"""
T = TypeVar("T")

GOLDEN = re.findall("([^a-z\\s]+)([a-z]+)", UNLIKE_THE_COMMON_WORD + ORDINARY)
GENTLE = settings(deadline=None, database=None)
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)


def mixed(listed: list[T]) -> list[T]:
    return random.Random(1).sample(listed, len(listed))


@pytest.mark.parametrize(("surname", "read"), GOLDEN)
def test_a_surname_has_the_reading_that_holds_for_surnames(surname: str, read: str) -> None:
    """Reading and initial letter are those that hold for the surname, whatever the character means elsewhere."""
    found = reading(f"{surname}示例")
    assert (found.surname, found.given, found.initial) == (read, "shi li", read[0].upper())


def test_the_order_of_a_roll() -> None:
    """By the letters of the surname, then of the given name, syllable by syllable, whatever the characters."""
    expected = ["柏示例", "任示例", "单示例", "尉迟示例", "曾示安", "曾示例", "查示例", "翟示例", "张西安", "张先"]
    assert sorted(mixed(expected), key=reading) == expected


def test_names_under_one_surname_follow_the_given_name() -> None:
    """安 康 宁 平: an, kang, ning, ping; the written form does not count."""
    assert sorted(["仇示平", "仇示宁", "仇示康", "仇示安"], key=reading) == ["仇示安", "仇示康", "仇示宁", "仇示平"]


@pytest.mark.parametrize(
    ("name", "pinyin", "expected"),
    [
        ("曾示例", "ceng shili", ("ceng", "shi li", "C")),
        ("曾示例", "Ceng ShiLi", ("ceng", "shi li", "C")),
        ("曾示例", "  ceng   shi li ", ("ceng", "shi li", "C")),
        ("区示例", "ōu shìlì", ("ou", "shi li", "O")),
        ("吕示例", "lǚ shili", ("lv", "shi li", "L")),
        ("吕示例", "LÜ shili", ("lv", "shi li", "L")),
        ("牟示乐", "mu shiyue", ("mu", "shi yue", "M")),
        ("𪜀示例", "ya shili", ("ya", "shi li", "Y")),
        ("示例", "shi", ("shi", "", "S")),
        ("欧阳示例", "ouyang shili", ("ouyang", "shi li", "O")),
    ],
)
def test_the_record_overrides_the_reading(name: str, pinyin: str, expected: tuple[str, str, str]) -> None:
    """`pinyin` decides, with tones or without, in capitals or not; a given name in one word is read as syllables."""
    found = reading(name, pinyin)
    assert (found.surname, found.given, found.initial) == expected


def test_an_overridden_name_stands_where_an_automatic_one_would() -> None:
    """「shili」 sorts as 「shi li」 does: between 示安 and 示忠."""
    expected = [("曾示安", None), ("曾示例", "zeng shili"), ("曾示忠", None)]
    assert sorted(mixed(expected), key=lambda one: reading(*one)) == expected


def test_a_given_name_that_fits_no_known_reading_stays_as_it_is_written() -> None:
    """Nothing is guessed: the letters of the record stand."""
    assert reading("曾示例", "zeng shuhua").given == "shuhua"


@pytest.mark.parametrize("blank", ["", "   "])
def test_an_empty_override_changes_nothing(blank: str) -> None:
    """A name with a blank `pinyin` is read by itself."""
    assert reading("曾示例", blank) == reading("曾示例")


@pytest.mark.parametrize(
    ("name", "initial", "given"),
    [
        ("阿依古丽·买买提", "A", "yi gu li mai mai ti"),
        ("迪丽热巴", "D", "li re ba"),
        ("才让·示例", "C", "rang shi li"),
        ("John Smith", "J", "o h n s m i t h"),
        ("Älva Ek", "A", "l v a e k"),
        ("欧", "O", ""),
    ],
)
def test_names_of_minorities_and_in_latin_letters(name: str, initial: str, given: str) -> None:
    """The dot and spaces are not read; Latin letters stand for themselves, without accents."""
    found = reading(name)
    assert (found.initial, found.given) == (initial, given)


@pytest.mark.parametrize("char", ["\ue000", "\U000f0000", "\U0002ffff"])
def test_a_character_nobody_can_read_comes_last(char: str) -> None:
    """Under `#`, after Z; `unreadable` names it, and only it."""
    name = f"{char}示例"
    assert unreadable(name) == char
    assert reading(name).initial == "#"
    assert sorted([name, "祖示例", "A", "卓示例"], key=reading) == ["A", "卓示例", "祖示例", name]


def test_an_unreadable_given_name_comes_last_under_its_surname() -> None:
    """The surname still gives the letter."""
    name = "曾\ue000"
    assert reading(name).initial == "Z"
    assert sorted([name, "曾卓", "曾安"], key=reading) == ["曾安", "曾卓", name]
    assert unreadable(name) == "\ue000"


@settings(GENTLE)
@given(st.text(HAN, min_size=1, max_size=4))
def test_every_han_name_has_an_initial(name: str) -> None:
    """A letter, or `#` exactly where the surname cannot be read; never an error."""
    found = reading(name)
    assert (found.initial == "#") == bool(unreadable(surname_of(name)))
    assert found.initial in "#" + string.ascii_uppercase


@settings(GENTLE)
@given(st.text(HAN, min_size=1, max_size=4))
def test_readings_hold_small_latin_letters_only(name: str) -> None:
    """No tone, no ü, no space in a surname: they are compared as plain text and become parts of addresses."""
    if not unreadable(name):
        found = reading(name)
        assert set(found.surname) <= set(string.ascii_lowercase)
        assert set(found.given) <= set(string.ascii_lowercase + " ")


def test_the_table_of_surnames_has_plain_readings() -> None:
    """One or two characters, one or two syllables, ASCII: `lv`, not `lü`."""
    for surname, read in SURNAMES.items():
        assert len(surname) == len(read.split()), surname
        assert read.replace(" ", "").isascii(), surname


def test_text_that_is_no_name_is_read_by_its_commonest_readings() -> None:
    """Syllables of words, not of surnames; what has no reading is left out."""
    assert syllables("单位") == ("dan", "wei")
    assert syllables("解决") == ("jie", "jue")
    assert syllables("绿化A1\ue000") == ("lv", "hua", "a", "1")
