/** Names that people in Japan have, with their reading and their spelling in Latin letters. Whoever bears them is invented. */

/** Kanji, kana, Latin letters. */
export type Name = readonly [ja: string, kana: string, en: string];

const read = (lines: string): readonly [Name, ...Name[]] => {
  const names = lines
    .trim()
    .split(/\s*,\s*/)
    .map((line) => line.split(' ') as unknown as Name);
  return names as unknown as readonly [Name, ...Name[]];
};

export const familyNames = read(`
  佐藤 サトウ Sato, 鈴木 スズキ Suzuki, 高橋 タカハシ Takahashi, 田中 タナカ Tanaka, 伊藤 イトウ Ito, 渡辺 ワタナベ Watanabe,
  山本 ヤマモト Yamamoto, 中村 ナカムラ Nakamura, 小林 コバヤシ Kobayashi, 加藤 カトウ Kato, 吉田 ヨシダ Yoshida, 山田 ヤマダ Yamada,
  佐々木 ササキ Sasaki, 山口 ヤマグチ Yamaguchi, 松本 マツモト Matsumoto, 井上 イノウエ Inoue, 木村 キムラ Kimura, 林 ハヤシ Hayashi,
  斎藤 サイトウ Saito, 清水 シミズ Shimizu, 山崎 ヤマザキ Yamazaki, 森 モリ Mori, 池田 イケダ Ikeda, 橋本 ハシモト Hashimoto,
  阿部 アベ Abe, 石川 イシカワ Ishikawa, 山下 ヤマシタ Yamashita, 中島 ナカジマ Nakajima, 石井 イシイ Ishii, 小川 オガワ Ogawa,
  前田 マエダ Maeda, 岡田 オカダ Okada, 長谷川 ハセガワ Hasegawa, 藤田 フジタ Fujita, 近藤 コンドウ Kondo, 後藤 ゴトウ Goto,
  坂本 サカモト Sakamoto, 遠藤 エンドウ Endo, 青木 アオキ Aoki, 藤井 フジイ Fujii, 西村 ニシムラ Nishimura, 福田 フクダ Fukuda,
  太田 オオタ Ota, 三浦 ミウラ Miura, 岡本 オカモト Okamoto, 松田 マツダ Matsuda, 中川 ナカガワ Nakagawa, 中野 ナカノ Nakano,
  原田 ハラダ Harada, 小野 オノ Ono, 田村 タムラ Tamura, 竹内 タケウチ Takeuchi, 金子 カネコ Kaneko, 和田 ワダ Wada,
  中山 ナカヤマ Nakayama, 石田 イシダ Ishida, 上田 ウエダ Ueda, 森田 モリタ Morita, 柴田 シバタ Shibata, 酒井 サカイ Sakai,
  工藤 クドウ Kudo, 横山 ヨコヤマ Yokoyama, 宮崎 ミヤザキ Miyazaki, 宮本 ミヤモト Miyamoto, 内田 ウチダ Uchida, 高木 タカギ Takagi,
  安藤 アンドウ Ando, 谷口 タニグチ Taniguchi, 大野 オオノ Ono, 丸山 マルヤマ Maruyama, 今井 イマイ Imai, 河野 コウノ Kono`);

export const givenNames = read(`
  翔太 ショウタ Shota, 大輔 ダイスケ Daisuke, 健太 ケンタ Kenta, 拓也 タクヤ Takuya, 直樹 ナオキ Naoki, 蓮 レン Ren,
  悠斗 ユウト Yuto, 陽翔 ハルト Haruto, 湊 ミナト Minato, 樹 イツキ Itsuki, 大翔 ヒロト Hiroto, 颯太 ソウタ Sota,
  陸 リク Riku, 隼人 ハヤト Hayato, 和也 カズヤ Kazuya, 亮 リョウ Ryo, 誠 マコト Makoto, 浩二 コウジ Koji,
  健一 ケンイチ Kenichi, 修 オサム Osamu, 隆 タカシ Takashi, 博 ヒロシ Hiroshi, 学 マナブ Manabu, 聡 サトシ Satoshi,
  美咲 ミサキ Misaki, 葵 アオイ Aoi, 結衣 ユイ Yui, 陽菜 ヒナ Hina, 凜 リン Rin, 咲良 サクラ Sakura,
  彩花 アヤカ Ayaka, 七海 ナナミ Nanami, 優奈 ユウナ Yuna, 萌 モエ Moe, 千尋 チヒロ Chihiro, 遥 ハルカ Haruka,
  愛 アイ Ai, 舞 マイ Mai, 麻衣 マイ Mai, 真由美 マユミ Mayumi, 恵子 ケイコ Keiko, 直美 ナオミ Naomi,
  由美子 ユミコ Yumiko, 久美子 クミコ Kumiko, 明美 アケミ Akemi, 智子 トモコ Tomoko, 裕子 ユウコ Yuko, 香織 カオリ Kaori,
  桃子 モモコ Momoko, 詩織 シオリ Shiori, 里奈 リナ Rina, 琴音 コトネ Kotone, 杏 アン An, 紬 ツムギ Tsumugi`);
