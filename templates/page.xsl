<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- One page of the site from its statements (src/render/html*.c), or all of them in one file that names no other. Every
     string is put in by value-of or an attribute value template: it stays text. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:svg="http://www.w3.org/2000/svg"
	exclude-result-prefixes="svg">
<xsl:output method="html" encoding="UTF-8" indent="no"/>
<xsl:strip-space elements="*"/>
<xsl:preserve-space elements="paragraph lede heading strong em link code line figure"/>

<xsl:variable name="root" select="/document/@root"/>
<xsl:variable name="report" select="/document/report"/>
<xsl:variable name="current" select="/document/nav/section/page[@current]"/>
<!-- The style and the script that stand in the one file; a page of the site has them beside it. -->
<xsl:variable name="style" select="/document/inside[@template = 'style.css']"/>
<xsl:variable name="script" select="/document/inside[@template = 'report.js']"/>
<xsl:variable name="single" select="boolean($style)"/>

<!-- What follows a heading of level 2 belongs to its section, and what comes before the first to the page. Not (a | b)[last()], here or
     below: libxml2 turns such two round in the style sheet, which other threads are reading, so that one of the two goes missing. -->
<xsl:key name="by-section" match="/document/body/*[not(self::heading[@level &lt;= 2])][preceding-sibling::heading[@level = 2]]"
	use="generate-id(preceding-sibling::heading[@level = 2][1])"/>
<xsl:key name="by-section" match="/document/body/*[not(self::heading[@level &lt;= 2])][not(preceding-sibling::heading[@level = 2])]"
	use="generate-id(..)"/>

<xsl:template match="/document">
	<html lang="{report/@language}">
		<head>
			<meta charset="utf-8"/>
			<meta name="viewport" content="width=device-width, initial-scale=1"/>
			<meta http-equiv="Content-Security-Policy"><xsl:attribute name="content"><xsl:call-template name="policy"/></xsl:attribute></meta>
			<meta name="referrer" content="no-referrer"/>
			<meta name="color-scheme" content="light dark"/>
			<title><xsl:value-of select="@title"/> – <xsl:value-of select="report/@title"/></title>
			<link rel="icon" href="data:,"/>
			<xsl:choose>
				<xsl:when test="$single"><style><xsl:value-of select="$style"/></style></xsl:when>
				<xsl:otherwise>
					<link rel="stylesheet" href="{$root}assets/style.css"/>
					<script src="{$root}assets/report.js" defer="defer"></script>
				</xsl:otherwise>
			</xsl:choose>
		</head>
		<body>
			<a class="skip" href="#main-content">Skip to the content</a>
			<xsl:apply-templates select="report" mode="head"/>
			<div class="frame">
				<xsl:call-template name="menus"/>
				<main id="main-content">
					<xsl:apply-templates select="body"/>
					<xsl:call-template name="next-page"/>
				</main>
			</div>
			<xsl:apply-templates select="report" mode="foot"/>
			<xsl:if test="$single"><script><xsl:value-of select="$script"/></script></xsl:if>
		</body>
	</html>
</xsl:template>

<!-- Nothing is loaded from anywhere but the report; in the one file not even from beside it. -->
<xsl:template name="policy">
	<xsl:text>default-src 'none'; </xsl:text>
	<xsl:choose>
		<xsl:when test="$single">
			<xsl:value-of select="concat('style-src ', $style/@source, '; script-src ', $script/@source, '; img-src data:')"/>
		</xsl:when>
		<xsl:otherwise>style-src 'self'; script-src 'self'; img-src 'self' data:</xsl:otherwise>
	</xsl:choose>
	<xsl:text>; base-uri 'none'; form-action 'none'</xsl:text>
</xsl:template>

<!-- Head and foot -->

<!-- The one file is headed by the report, and under it by what would be its pages. -->
<xsl:variable name="brand">
	<xsl:choose><xsl:when test="$single">h1</xsl:when><xsl:otherwise>p</xsl:otherwise></xsl:choose>
</xsl:variable>

<xsl:template match="report" mode="head">
	<header>
		<xsl:if test="@notice">
			<p class="notice"><xsl:value-of select="@notice"/></p>
		</xsl:if>
		<div class="masthead">
			<xsl:element name="{$brand}">
				<xsl:attribute name="class">brand</xsl:attribute>
				<a href="{@home}">
					<xsl:if test="@logo"><img class="logo" src="{@logo}" alt=""/></xsl:if>
					<xsl:value-of select="@title"/>
				</a>
			</xsl:element>
			<p class="whose">
				<xsl:value-of select="@institution"/>
				<xsl:if test="@institution and @cluster"> · </xsl:if>
				<xsl:if test="@cluster"><xsl:value-of select="@cluster"/></xsl:if>
			</p>
			<p class="when"><xsl:value-of select="@period"/></p>
		</div>
	</header>
</xsl:template>

<xsl:template match="report" mode="foot">
	<footer>
		<dl>
			<div><dt>Period</dt><dd><xsl:value-of select="@period"/></dd></div>
			<xsl:if test="@zone"><div><dt>Times</dt><dd><xsl:value-of select="@zone"/></dd></div></xsl:if>
			<xsl:if test="@export">
				<div><dt>Computed from export</dt><dd><code><xsl:value-of select="@export"/></code></dd></div>
			</xsl:if>
			<div><dt>Program</dt><dd>reclaim <xsl:value-of select="@version"/></dd></div>
			<xsl:if test="@classification">
				<div><dt>Classification</dt><dd><xsl:value-of select="@classification"/></dd></div>
			</xsl:if>
		</dl>
		<xsl:if test="@notice">
			<p><xsl:value-of select="@notice"/>.</p>
		</xsl:if>
	</footer>
</xsl:template>

<!-- The same menu twice: folded on a narrow screen, beside the text on a wide one. The style sheet shows one. -->

<xsl:template name="menus">
	<xsl:variable name="menu">
		<xsl:for-each select="/document/nav/section">
			<p class="menu-title"><xsl:value-of select="@name"/></p>
			<ul><xsl:apply-templates select="page" mode="menu"/></ul>
		</xsl:for-each>
		<xsl:if test="/document/downloads/page">
			<p class="menu-title">To take away</p>
			<ul><xsl:apply-templates select="/document/downloads/page" mode="menu"/></ul>
		</xsl:if>
	</xsl:variable>
	<details class="menu-narrow">
		<xsl:if test="$single"><xsl:attribute name="id">contents</xsl:attribute></xsl:if>
		<summary>
			<span>Contents</span>
			<xsl:if test="$current">
				<span class="here"><xsl:value-of select="$current"/></span>
			</xsl:if>
		</summary>
		<nav aria-label="Contents, folded"><xsl:copy-of select="$menu"/></nav>
	</details>
	<nav class="menu-wide" aria-label="Contents"><xsl:copy-of select="$menu"/></nav>
</xsl:template>

<xsl:template match="page" mode="menu">
	<li>
		<a href="{@href}">
			<xsl:if test="@current"><xsl:attribute name="aria-current"><xsl:value-of select="@current"/></xsl:attribute></xsl:if>
			<xsl:value-of select="."/>
		</a>
	</li>
</xsl:template>

<xsl:template name="next-page">
	<xsl:variable name="here" select="$current[@current = 'page']"/>
	<xsl:variable name="beside" select="$here/following-sibling::page[1]"/>
	<xsl:call-template name="next-link">
		<xsl:with-param name="to" select="$beside"/>
	</xsl:call-template>
	<xsl:if test="not($beside)">
		<xsl:call-template name="next-link">
			<xsl:with-param name="to" select="$here/../following-sibling::section[1]/page[1]"/>
		</xsl:call-template>
	</xsl:if>
</xsl:template>

<xsl:template name="next-link">
	<xsl:param name="to"/>
	<xsl:if test="$to">
		<p class="next">
			<a href="{$to/@href}"><span>Next</span><xsl:text> </xsl:text><strong><xsl:value-of select="$to"/></strong></a>
		</p>
	</xsl:if>
</xsl:template>

<!-- Sections and headings -->

<xsl:template match="body">
	<xsl:choose>
		<xsl:when test="$single">
			<article id="{@anchor}" aria-labelledby="{heading[@level = 1]/@anchor}">
				<xsl:if test="@reference"><xsl:attribute name="class">reference</xsl:attribute></xsl:if>
				<xsl:if test="@menu"><xsl:attribute name="data-menu"><xsl:value-of select="@menu"/></xsl:attribute></xsl:if>
				<xsl:call-template name="body"/>
				<p class="up"><a href="#contents">Back to the contents</a></p>
			</article>
		</xsl:when>
		<xsl:otherwise><xsl:call-template name="body"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template name="body">
	<div class="opening">
		<p class="eyebrow">
			<xsl:choose>
				<xsl:when test="@id = 'index'">Summary for leadership</xsl:when>
				<xsl:otherwise><xsl:value-of select="@section"/></xsl:otherwise>
			</xsl:choose>
		</p>
		<xsl:apply-templates select="heading[@level = 1]"/>
	</div>
	<xsl:apply-templates select="key('by-section', generate-id())"/>
	<xsl:for-each select="heading[@level = 2]">
		<section>
			<xsl:if test="@anchor and not($single)">
				<xsl:attribute name="aria-labelledby"><xsl:value-of select="@anchor"/></xsl:attribute>
			</xsl:if>
			<xsl:apply-templates select=". | key('by-section', generate-id(.))"/>
		</section>
	</xsl:for-each>
</xsl:template>

<!-- In the one file a level lower than they look; and sections, of which many are called the same, are no landmarks there. -->
<xsl:template match="heading">
	<xsl:element name="h{@level + $single}">
		<xsl:if test="$single"><xsl:attribute name="class">level-<xsl:value-of select="@level"/></xsl:attribute></xsl:if>
		<xsl:if test="@anchor">
			<xsl:attribute name="id"><xsl:value-of select="@anchor"/></xsl:attribute>
		</xsl:if>
		<xsl:apply-templates/>
	</xsl:element>
</xsl:template>

<!-- Words -->

<xsl:template match="paragraph"><p><xsl:apply-templates/></p></xsl:template>
<xsl:template match="lede"><p class="lede"><xsl:apply-templates/></p></xsl:template>
<xsl:template match="list[@ordered]"><ol><xsl:apply-templates/></ol></xsl:template>
<xsl:template match="list"><ul><xsl:apply-templates/></ul></xsl:template>
<xsl:template match="item"><li><xsl:apply-templates/></li></xsl:template>
<xsl:template match="strong"><strong><xsl:apply-templates/></strong></xsl:template>
<xsl:template match="em"><em><xsl:apply-templates/></em></xsl:template>
<xsl:template match="code">
	<code>
		<!-- An option is not broken after its dashes. -->
		<xsl:choose>
			<xsl:when test="contains(., ' ')"><xsl:call-template name="whole-words"/></xsl:when>
			<xsl:otherwise>
				<xsl:if test="string-length() &lt; 24"><xsl:attribute name="class">word</xsl:attribute></xsl:if>
				<xsl:value-of select="."/>
			</xsl:otherwise>
		</xsl:choose>
	</code>
</xsl:template>
<xsl:template match="link"><a href="{@href}"><xsl:apply-templates/></a></xsl:template>

<xsl:template match="code-block">
	<pre tabindex="0"><code>
		<xsl:for-each select="line">
			<xsl:value-of select="."/>
			<xsl:if test="position() != last()"><xsl:text>&#10;</xsl:text></xsl:if>
		</xsl:for-each>
	</code></pre>
</xsl:template>

<xsl:template match="figure[@href]">
	<a class="figure" href="{@href}"><xsl:copy-of select="@title"/><xsl:call-template name="whole-words"/></a>
</xsl:template>
<xsl:template match="figure">
	<span class="figure"><xsl:copy-of select="@title"/><xsl:call-template name="whole-words"/></span>
</xsl:template>

<!-- Of a command no option is broken behind its dashes, nor is "6–24 h" behind its own. -->
<xsl:template name="whole-words">
	<xsl:param name="text" select="string(.)"/>
	<xsl:choose>
		<xsl:when test="contains($text, '–') and string-length($text) &lt; 24"><span class="word"><xsl:value-of select="$text"/></span></xsl:when>
		<xsl:when test="not(contains($text, '--'))"><xsl:value-of select="$text"/></xsl:when>
		<xsl:when test="contains($text, ' ')">
			<span class="word"><xsl:value-of select="substring-before($text, ' ')"/></span>
			<xsl:text> </xsl:text>
			<xsl:call-template name="whole-words">
				<xsl:with-param name="text" select="substring-after($text, ' ')"/>
			</xsl:call-template>
		</xsl:when>
		<xsl:otherwise><span class="word"><xsl:value-of select="$text"/></span></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="callout">
	<div class="callout callout-{@tone}" role="note">
		<p class="callout-title">
			<xsl:choose>
				<xsl:when test="@tone = 'warning'">Mind this</xsl:when>
				<xsl:otherwise>Note</xsl:otherwise>
			</xsl:choose>
		</p>
		<xsl:apply-templates/>
	</div>
</xsl:template>

<xsl:template match="columns"><div class="columns"><xsl:apply-templates/></div></xsl:template>
<xsl:template match="column"><div><xsl:apply-templates/></div></xsl:template>

<!-- Key figures -->

<!-- The first figure of the summary is the one the report is about. -->
<xsl:template match="tiles">
	<dl class="tiles tiles-{count(tile)}"><xsl:apply-templates/></dl>
</xsl:template>
<xsl:template match="body[@id = 'index']//tiles[not(preceding::tiles)]">
	<dl class="tiles tiles-{count(tile)} tiles-lead"><xsl:apply-templates/></dl>
</xsl:template>

<xsl:template match="tile">
	<div class="tile">
		<xsl:if test="@missing"><xsl:attribute name="class">tile tile-missing</xsl:attribute></xsl:if>
		<dt><xsl:value-of select="@label"/></dt>
		<dd class="value">
			<xsl:choose>
				<xsl:when test="string-length(@value) &gt; 17"><xsl:attribute name="class">value longer</xsl:attribute></xsl:when>
				<xsl:when test="string-length(@value) &gt; 13"><xsl:attribute name="class">value long</xsl:attribute></xsl:when>
			</xsl:choose>
			<xsl:choose>
				<xsl:when test="@href">
					<a href="{@href}">
						<xsl:if test="@definition">
							<xsl:attribute name="title"><xsl:value-of select="@definition"/></xsl:attribute>
						</xsl:if>
						<xsl:value-of select="@value"/>
					</a>
				</xsl:when>
				<xsl:otherwise><xsl:value-of select="@value"/></xsl:otherwise>
			</xsl:choose>
		</dd>
		<xsl:if test="@change"><dd class="change"><xsl:value-of select="@change"/></dd></xsl:if>
		<xsl:if test="@reason"><dd class="reason"><xsl:value-of select="@reason"/></dd></xsl:if>
		<xsl:if test="@grade">
			<dd class="grade">
				<span class="badge"><span class="hidden">Grade </span><xsl:value-of select="@grade"/></span>
				<xsl:text> </xsl:text>
				<span><xsl:value-of select="@meaning"/></span>
			</dd>
		</xsl:if>
	</div>
</xsl:template>

<!-- Tables -->

<!-- A table of words keeps its order: it is read, not searched. -->
<xsl:template match="table">
	<div class="table">
		<xsl:if test="@fixed"><xsl:attribute name="class">table fixed</xsl:attribute></xsl:if>
		<xsl:if test="row/@anchor"><xsl:attribute name="class">table lookup</xsl:attribute></xsl:if>
		<section class="scroll" tabindex="0" aria-label="{@caption}">
			<xsl:call-template name="no-landmark"/>
			<table>
				<caption><xsl:value-of select="@caption"/></caption>
				<thead><tr><xsl:apply-templates select="column" mode="head"/></tr></thead>
				<tbody><xsl:apply-templates select="row"/></tbody>
			</table>
		</section>
		<xsl:if test="@rest or @csv">
			<p class="rest">
				<xsl:value-of select="@rest"/>
				<xsl:if test="@rest and @csv"> · </xsl:if>
				<xsl:if test="@csv"><a href="{@csv}">All rows as CSV</a></xsl:if>
			</p>
		</xsl:if>
	</div>
</xsl:template>

<xsl:template name="no-landmark">
	<xsl:if test="$single"><xsl:attribute name="role">group</xsl:attribute></xsl:if>
</xsl:template>

<xsl:template match="table/column" mode="head">
	<th scope="col">
		<xsl:if test="@numeric"><xsl:attribute name="class">number</xsl:attribute></xsl:if>
		<xsl:if test="@drawn"><xsl:attribute name="class">drawn</xsl:attribute></xsl:if>
		<xsl:copy-of select="@title"/>
		<xsl:value-of select="."/>
	</th>
</xsl:template>

<!-- Of cells there are many: what they say of themselves is looked at once. -->
<xsl:template match="row">
	<tr>
		<xsl:if test="@anchor"><xsl:attribute name="id"><xsl:value-of select="@anchor"/></xsl:attribute></xsl:if>
		<xsl:for-each select="cell[1]"><th scope="row"><xsl:call-template name="cell"/></th></xsl:for-each>
		<xsl:for-each select="cell[position() &gt; 1]"><td><xsl:call-template name="cell"/></td></xsl:for-each>
	</tr>
</xsl:template>

<xsl:template name="cell">
	<xsl:apply-templates select="@*" mode="cell"/>
	<xsl:choose>
		<xsl:when test="@missing"><span aria-hidden="true">–</span><span class="hidden">not given</span></xsl:when>
		<xsl:when test="*"><xsl:apply-templates select="*" mode="cell"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="@*" mode="cell"/>
<xsl:template match="@numeric" mode="cell"><xsl:attribute name="class">number</xsl:attribute></xsl:template>
<xsl:template match="@word" mode="cell"><xsl:attribute name="class">word</xsl:attribute></xsl:template>
<xsl:template match="@drawn" mode="cell"><xsl:attribute name="class">drawn</xsl:attribute></xsl:template>
<xsl:template match="@value" mode="cell"><xsl:attribute name="data-value"><xsl:value-of select="."/></xsl:attribute></xsl:template>
<xsl:template match="svg:svg" mode="cell"><xsl:copy-of select="."/></xsl:template>
<xsl:template match="link" mode="cell">
	<xsl:if test="position() &gt; 1"><xsl:text> </xsl:text></xsl:if>
	<a href="{@href}"><xsl:value-of select="."/></a>
</xsl:template>

<!-- Charts -->

<xsl:template match="chart">
	<figure class="chart-block" id="chart-{@id}">
		<figcaption>
			<p class="chart-title"><xsl:value-of select="@title"/></p>
			<xsl:if test="@subtitle"><p class="subtitle"><xsl:value-of select="@subtitle"/></p></xsl:if>
		</figcaption>
		<div class="wide"><xsl:copy-of select="wide/svg:svg"/></div>
		<div class="narrow"><xsl:copy-of select="narrow/svg:svg"/></div>
		<xsl:if test="@source"><p class="source"><xsl:value-of select="@source"/></p></xsl:if>
		<xsl:apply-templates select="data"/>
	</figure>
</xsl:template>

<xsl:template match="chart[@thin]">
	<div class="thin" id="chart-{@id}">
		<p class="chart-title"><xsl:value-of select="@title"/></p>
		<p><xsl:value-of select="@thin"/></p>
	</div>
</xsl:template>

<xsl:template match="data">
	<details class="data">
		<summary>The data behind this chart</summary>
		<xsl:if test="mark">
			<p>Marked: <xsl:for-each select="mark">
				<xsl:value-of select="."/>
				<xsl:if test="position() != last()">; </xsl:if>
			</xsl:for-each>.</p>
		</xsl:if>
		<xsl:if test="series/@every">
			<p>Every point is drawn; this table has one of every <xsl:value-of select="series/@every"/>.</p>
		</xsl:if>
		<section class="scroll" tabindex="0" aria-label="Data: {../@title}">
			<xsl:call-template name="no-landmark"/>
			<table>
				<caption><xsl:value-of select="../@title"/></caption>
				<thead>
					<tr>
						<th scope="col"><xsl:value-of select="@x"/></th>
						<xsl:if test="series[2]"><th scope="col"><xsl:value-of select="@rows"/></th></xsl:if>
						<xsl:if test="@across"><th scope="col" class="number"><xsl:value-of select="@across"/></th></xsl:if>
						<th scope="col" class="number"><xsl:value-of select="@y"/></th>
					</tr>
				</thead>
				<tbody><xsl:apply-templates select="series/point"/></tbody>
			</table>
		</section>
	</details>
</xsl:template>

<xsl:template match="point">
	<tr>
		<th scope="row"><xsl:value-of select="@name"/></th>
		<xsl:if test="../../series[2]"><td><xsl:value-of select="../@label"/></td></xsl:if>
		<xsl:if test="@across"><td class="number"><xsl:value-of select="@across"/></td></xsl:if>
		<td class="number"><xsl:value-of select="@value"/></td>
	</tr>
</xsl:template>

</xsl:stylesheet>
