import { beijingTime, NOTICE, escapeMarkup as safe } from './markup.ts';
import type { SampleArticle, SampleSite, WechatFacts } from './sample-schema.ts';

/**
 * The page of one account's article, with the traps of the real ones: the text hidden by style, an empty
 * `#publish_time` that a script would fill, two dialects of script variables, images without `src`,
 * share pages whose text stands only in a script, and a deleted page that answers 200.
 */
export function renderWechat(site: SampleSite, article: SampleArticle, facts: WechatFacts): string {
  switch (article.page) {
    case 'deleted':
      return deletedPage();
    case 'image-share':
      return sharePage(site, article, facts, 8);
    case 'text-share':
      return sharePage(site, article, facts, 10);
    default:
      return articlePage(site, article, facts);
  }
}

function articlePage(site: SampleSite, article: SampleArticle, facts: WechatFacts): string {
  return `<!DOCTYPE html>
<html><head>
<meta charset="utf-8">
<meta name="author" content="${safe(article.author)}">
<meta property="og:title" content="${safe(article.title)}">
<meta property="og:url" content="${safe(facts.long.replace(/&chksm.*$/, '#rd'))}">
<meta property="og:description" content="${safe(article.summary)}">
<meta property="og:article:author" content="${safe(article.author)}">
<title></title>
</head>
<body id="activity-detail" class="zh_CN">
<div class="sample-notice">${NOTICE}</div>
<div id="js_top_ad_area" class="top_banner"></div>
<div id="js_article" class="rich_media"><div class="rich_media_inner"><div id="page-content"><div id="img-content">
<h1 class="rich_media_title" id="activity-name">${safe(article.title)}</h1>
<div id="meta_content" class="rich_media_meta_list">
<span id="copyright_logo" class="rich_media_meta">原创</span>
<span class="rich_media_meta rich_media_meta_text" id="js_author_name">${safe(article.author)}</span>
<a href="javascript:void(0);" id="js_name">${safe(site.name)}</a>
<em id="publish_time" class="rich_media_meta rich_media_meta_text"></em>
<em id="js_ip_wording_wrp">发表于<span id="js_ip_wording"></span></em>
</div>
<div class="rich_media_content js_underline_content" id="js_content" style="visibility: hidden; opacity: 0; ">
<section><mp-common-profile class="js_uneditable custom_select_card" data-nickname="${safe(site.name)}"></mp-common-profile></section>
<section style="text-align: center;"><span leaf="">点击上方蓝字关注「${safe(site.name)}」</span></section>
${article.paragraphs.map((line, place) => paragraph(line) + (place === 1 ? image(facts) : '')).join('\n')}
<section><span leaf="">— 完 —</span></section>
<section><span leaf="">点赞、在看、转发，就是对我们最大的支持 👇</span></section>
</div>
<div id="js_tags_preview_toast" class="article-tag__error-tips">预览时标签不可点</div>
</div></div></div></div>
<div id="content_bottom_area"><div>阅读原文</div><div>人划线</div></div>
<div id="js_pc_qr_code"><img id="js_pc_qr_code_img"><p>微信扫一扫<br>关注该公众号</p></div>
<script type="text/javascript">
if (window.nickname === 'preview') { window.preview = true; }
var biz = "${facts.biz}" || "";
var mid = "${facts.mid}" || "" || "";
var idx = "${facts.idx}" || "" || "";
var sn = "${facts.sn}" || "" || "";
var nickname = htmlDecode("${scriptText(safe(site.name))}");
var msg_title = '${scriptText(safe(article.title))}'.html(false);
var msg_desc = htmlDecode("${scriptText(safe(article.summary))}");
var ct = "${article.at / 1000}";
var createTime = '${beijingTime(article.at)}';
var user_name = "gh_${facts.sn.slice(0, 12)}";
var item_show_type = "0";
var msg_link = "${scriptText(safe(facts.long))}";
document.getElementById('publish_time').innerText = createTime;
</script>
</body></html>`;
}

/** Types 8 (pictures) and 10 (text): the text is only in `cgiDataNew`; type 10 keeps an empty shell of a body. */
function sharePage(site: SampleSite, article: SampleArticle, facts: WechatFacts, type: 8 | 10): string {
  const text = article.paragraphs.join('\n');
  const shell =
    type === 10
      ? '<div id="js_article"><div id="js_content" class="rich_media_content"><p id="js_text_title"></p><p id="js_text_desc"></p></div></div>'
      : '<div id="js_article" class="share_content_page"><div id="js_image_desc"></div></div>';
  const body =
    type === 10
      ? `text_page_info: { content: JsDecode('${jsEncode(safe(text))}'), content_noencode: JsDecode('${jsEncode(text)}'), is_user_title: '${article.title ? 1 : 0}' * 1 },`
      : `content_noencode: JsDecode('${jsEncode(text)}'),
  picture_page_info_list: [
    { cdn_url: JsDecode('${jsEncode(imageUrl(facts))}'), width: '1080' * 1, height: '1440' * 1, is_qr_code: '0' * 1, },
  ],`;
  return `<!DOCTYPE html>
<html><head><meta charset="utf-8">
<meta property="og:title" content="${safe(article.title)}">
<meta property="og:url" content="${safe(facts.short)}">
<title></title></head>
<body class="zh_CN"><div class="sample-notice">${NOTICE}</div>
${shell}
<script type="text/javascript">
var biz = '' || '${facts.biz}';
var mid = '' || '' || '${facts.mid}';
var idx = '' || '' || '${facts.idx}';
var sn = '' || '' || '${facts.sn}';
var ct = '${article.at / 1000}' || '';
</script>
<script type="text/javascript" h5only>
window.cgiDataNew = {
  base_resp: { ret: '0' * 1, },
  user_name: JsDecode('gh_${facts.sn.slice(0, 12)}'),
  nick_name: JsDecode('${jsEncode(site.name)}'),
  title: JsDecode('${jsEncode(article.title)}'),
  desc: JsDecode('${jsEncode(article.summary)}'),
  create_time: JsDecode('${beijingTime(article.at)}'),
  ori_create_time: '${article.at / 1000}' * 1,
  bizuin: JsDecode('${facts.biz}'),
  item_show_type: '${type}' * 1,
  ${body}
};
</script>
</body></html>`;
}

function deletedPage(): string {
  return `<!DOCTYPE html>
<html><head><meta charset="utf-8"><title></title></head>
<body class="zh_CN"><div class="sample-notice">${NOTICE}</div>
<div class="weui-msg"><div class="weui-msg__icon-area"><i class="weui-icon-warn weui-icon_msg"></i></div>
<div class="weui-msg__text-area"><div class="weui-msg__title warn">该内容已被发布者删除</div></div></div>
</body></html>`;
}

function paragraph(line: string): string {
  if (line.startsWith('## ')) {
    return `<section style="text-align: center;"><section><strong><span leaf="">${safe(line.slice(3))}</span></strong></section></section>`;
  }
  return `<section style="line-height: 1.75em;"><span leaf="">${safe(line.replace(/^[>$] /, ''))}</span></section>`;
}

function image(facts: WechatFacts): string {
  return `<section style="text-align: center;"><img class="rich_pages wxw-img" data-ratio="0.5625" data-w="1080" data-type="png" data-src="${safe(imageUrl(facts))}"></section>`;
}

function imageUrl(facts: WechatFacts): string {
  return `http://mmbiz.qpic.example/sz_mmbiz_png/${facts.sn}/640?wx_fmt=png&from=appmsg`;
}

/** Safe inside either kind of quotes in a script; markup is already escaped by the caller. */
function scriptText(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

/** The exact inverse of the platform's `JsDecode`, which knows these eight escapes and no others. */
function jsEncode(text: string): string {
  return text.replace(
    /[\\\r"&'<>\n]/g,
    (character) => `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`,
  );
}
