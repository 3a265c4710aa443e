"""Posts as blogs really hold them, 2006 to 2018: every shape with the paragraphs a reader sees. Our own words."""

PICTURE = "http://2.bp.blogspot.com/-a/AAA/s320/harbour.jpg"
LARGE = "http://2.bp.blogspot.com/-a/AAA/s1600/harbour.jpg"

#: Name → (the post, its paragraphs).
SHAPES: dict[str, tuple[str, list[str]]] = {
    "paragraphs by two line ends": (
        "The baker opens at six.<br /><br />By seven the street smells of bread.<br/>\n<br/>At eight I buy mine.",
        ["The baker opens at six.", "By seven the street smells of bread.", "At eight I buy mine."],
    ),
    "three line ends, one with a space that does not break": (
        "One.<br /><br />\n&nbsp;<br />Two.<BR>&nbsp;<BR>Three.",
        ["One.", "Two.", "Three."],
    ),
    "the editor's outer div": (
        '<div dir="ltr" style="text-align: left;" trbidi="on">\nFirst.<br />\n<br />\nSecond.</div>\n',
        ["First.", "Second."],
    ),
    "a chain of divs": (
        '<div class="MsoNormal">Rye</div><div><br /></div><div>Oats<div>Wheat</div>Barley</div><div>&nbsp;</div>',
        ["Rye", "Oats", "Wheat", "Barley"],
    ),
    "paragraphs never closed, in capitals": ("<P>One<P ALIGN=center>Two<P>Three", ["One", "Two", "Three"]),
    "text, then a paragraph, then text": ("Before<p>within</p>after", ["Before", "within", "after"]),
    "a paragraph in a span": (
        '<span style="font-size: large;"><p>Large</p><p>still large</p></span>small',
        ["Large", "still large", "small"],
    ),
    "a bold word closed too late": ("<b><p>Bold</b> and not.</p>After", ["Bold and not.", "After"]),
    "the jump": ('Up here<br /><a name="more"></a><br />down there<!--more-->', ["Up here", "down there"]),
    "a picture between": (
        f'Look:<br /><div class="separator" style="clear: both;"><a href="{LARGE}" imageanchor="1"><img border="0" '
        f'height="200" src="{PICTURE}" width="320" /></a></div><br />Fine, is it not?',
        ["Look:", "harbour.jpg", "Fine, is it not?"],
    ),
    "a picture at a paragraph's edge": (
        f'<a href="{LARGE}"><img alt="The harbour" src="{PICTURE}" style="float: left" /></a>We walked on.',
        ["The harbour", "We walked on."],
    ),
    "a picture with its caption": (
        '<table align="center" class="tr-caption-container"><tbody><tr><td style="text-align: center;">'
        f'<a href="{LARGE}"><img src="{PICTURE}" /></a></td></tr><tr><td class="tr-caption">At dusk</td></tr></tbody>'
        "</table>",
        ["harbour.jpg", "At dusk"],
    ),
    "a quote": (
        '<blockquote class="tr_bq">Bread is patience.<br /><br />So is rye.</blockquote>Thus the baker.',
        ["Bread is patience.", "So is rye.", "Thus the baker."],
    ),
    "Word's markup": (
        '<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><p class="MsoNormal"><span lang="EN-GB" '
        'style="mso-ansi-language: EN-GB;">In <st1:place w:st="on">Oslo</st1:place> it rained.<o:p></o:p></span></p>'
        '<p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">We stayed.</p>',
        ["In Oslo it rained.", "We stayed."],
    ),
    "Word's list": (
        '<p class="MsoListParagraph" style="mso-list: l0 level1 lfo1;"><span style="mso-list: Ignore;">1.<span>&nbsp;'
        "&nbsp;&nbsp; </span></span>Flour</p>",
        ["1. Flour"],
    ),
    "fonts and spans": (
        '<font face="verdana" size="2">A <span style="font-weight:bold;">bold</span>, <span style="font-style:italic;">'
        "slanted</span>, <u>lined</u>, <strike>struck</strike> line, H<sub>2</sub>O, 3<sup>rd</sup>, "
        "<small>small</small>",
        ["A bold, slanted, lined, struck line, H2O, 3rd, small"],
    ),
    "marks within words": ("un<b>believ</b>able, <i>half</i><b>half</b>, <b><i>both</i></b>*", []),
    "nested lists": (
        "<ul><li>Rye<ul><li>light</li><li>dark<ol><li>fine</li><li>coarse</li></ol></li></ul></li><li>Oats</li></ul>End",
        ["Rye", "light", "dark", "fine", "coarse", "Oats", "End"],
    ),
    "a list within a list, between its items": (
        "<ul><li>Rye</li><ul><li>light</li></ul><li>Oats</li></ul><ol start='4'><li>Four</li><li>Five</li></ol>",
        ["Rye", "light", "Oats", "Four", "Five"],
    ),
    "items never closed, and one outside": (
        "<ol><li>One<li>Two<br><br>more of two</ol><li>alone",
        ["One", "Two", "more of two", "alone"],
    ),
    "headings with gaps": ("<h1>Top</h1>a<h4>Low</h4>b<h2><b>Next</b></h2>c", ["Top", "a", "Low", "b", "Next", "c"]),
    "a table of layout": (
        "<table><tr><td>Left column.<br><br>More of it.</td><td><ul><li>a</li></ul></td></tr></table>",
        ["Left column.", "More of it.", "a"],
    ),
    "a table of data": (
        "<table border=1><tr><th>Grain</th><th>Price | kg</th></tr><tr><td>Rye</td><td>2</td></tr></table>",
        ["Grain", "Price | kg", "Rye", "2"],
    ),
    "code and pre": (
        "<pre>if x &lt; 1:\n    *y* = `2`\n\n# done</pre>Use <code>a_b*c</code> or <tt>x|y</tt>.",
        ["if x < 1: *y* = `2` # done", "Use a_b*c or x|y."],
    ),
    "footnotes": (
        'A claim<a href="#_ftn1" name="_ftnref1">[1]</a>.<hr><p><a href="#_ftnref1" name="_ftn1">[1]</a> A source.</p>',
        ["A claim[1].", "[1] A source."],
    ),
    "addresses as words": (
        "Write to me@example.com or see http://example.com/a_b?c=*&amp;d, &lt;http://example.com&gt; &amp;copy; 1<2",
        ["Write to me@example.com or see http://example.com/a_b?c=*&d, <http://example.com> &copy; 1<2"],
    ),
    "signs that mean something to Markdown": (
        "# a<br>1. b<br>- c<br>> d<br>===<br>| e<br>---|---<br>: f<br>* g<br>```<br>[x]: y<br>*[z]: w<br>{: .h}<br>~~~",
        ["# a 1. b - c > d === | e ---|--- : f * g ``` [x]: y *[z]: w {: .h} ~~~"],
    ),
    "a first line like metadata": ("Title: of nothing<br><br>Status: draft", ["Title: of nothing", "Status: draft"]),
    "what Pelican and this site replace": (
        "[[author]] {static}/x |filename|y {filename}z",
        ["[[author]] {static}/x |filename|y {filename}z"],
    ),
    "spaces that do not break": (
        "End.&nbsp; Next&nbsp;one, 10&nbsp;000&nbsp;&nbsp;times,&nbsp;<b>&nbsp;bold</b>&nbsp;",
        ["End. Next one, 10 000 times, bold"],
    ),
    "soft hyphens and joiners": ("Brot\u00adzeit, \u200bنمی\u200cخواهم &shy;👩\u200d🍳", []),
    "right to left": (
        '<div dir="rtl" style="text-align: right;" trbidi="on">שלום לכולם.<br /><br />מה שלומכם?</div>',
        ["שלום לכולם.", "מה שלומכם?"],
    ),
    "Chinese, with its own indents": (
        "\u3000\u3000今天<strong>下雨</strong>了。<br /><br />\u3000\u3000明天呢？",
        ["今天下雨了。", "明天呢？"],
    ),
    "Greek, Russian, Hindi, Thai": (
        "Καλημέρα<br><br>Доброе <em>утро</em><br><br>सुप्रभात<br><br>สวัสดี",
        ["Καλημέρα", "Доброе утро", "सुप्रभात", "สวัสดี"],
    ),
    "French spaces": ("Vraiment&nbsp;? «&nbsp;Oui&nbsp;»", ["Vraiment ? « Oui »"]),
    "a player of old": (
        '<object width="425"><param name="movie" value="http://www.youtube.com/v/abcdefghijk&hl=en"></param><embed '
        'src="http://www.youtube.com/v/abcdefghijk&hl=en"></embed></object><br />Enjoy.',
        ["youtube.com/watch?v=abcdefghijk", "Enjoy."],
    ),
    "a player with a title": (
        '<iframe src="//www.youtube.com/embed/abcdefghijk" title="Rye rising">no frames</iframe>After.',
        ["Rye rising", "After."],
    ),
    "a form for gifts": (
        '<form action="https://pay.example.com"><input type="hidden" name="c" value="x"><p>Give a loaf</p><input '
        'type="image" src="b.gif"><img src="https://pay.example.com/p.gif" width="1" height="1"></form>',
        ["Give a loaf"],
    ),
    "centred, with a smiley": (
        '<center>* * *</center>Ha <img alt=":)" src="http://example.com/smile.gif"/> indeed',
        ["* * *", "Ha :) indeed"],
    ),
    "scripts and styles": (
        "<style>p{}</style>One<script>document.write('<p>no</p>')</script><p onclick='x()'>Two "
        '<a href="java\nscript:x()">three</a></p>',
        ["One", "Two three"],
    ),
    "a whole page pasted": (
        "<html><head><title>T</title></head><body><p>One</p></body></html><p>and more</p>",
        ["One", "and more"],
    ),
    "ruby": ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>を", ["漢(かん)を"]),
    "definitions": ("<dl><dt>Rye</dt><dd>A grain.</dd></dl>", ["Rye", "A grain."]),
    "a poem": ("Rye<br />\nin the rain<br />\n<br />\nwaits", ["Rye in the rain", "waits"]),
    "links across paragraphs": ('<a href="http://example.com/a_(b)">one<br><br>two</a> three', ["one", "two three"]),
    "stray ends": ("one</b></div>two</p>three</span> four", ["one", "two", "three four"]),
    "nothing": ("<p>&nbsp;</p><br><div></div>", []),
}
SHAPES["marks within words"] = (
    SHAPES["marks within words"][0],
    ["unbelievable, halfhalf, both*"],
)
SHAPES["soft hyphens and joiners"] = (
    SHAPES["soft hyphens and joiners"][0],
    ["Brot\u00adzeit, \u200bنمی\u200cخواهم \u00ad👩\u200d🍳"],
)
