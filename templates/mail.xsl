<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- The body of the mail. Tables, and looks in every element, are what mail programs agree on; the style sheet in its head is
     for those that know dark screens and narrow ones. Every string is put in by value-of or an attribute value template. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output method="html" encoding="UTF-8" indent="no"/>
<xsl:strip-space elements="*"/>
<xsl:preserve-space elements="paragraph lede heading strong em link code line figure"/>

<xsl:variable name="font">font-family:Arial,'Liberation Sans',Helvetica,sans-serif;</xsl:variable>
<xsl:variable name="text">margin:0 0 12px 0;font-size:16px;line-height:24px;color:#1a1f26;</xsl:variable>
<xsl:variable name="small">margin:0 0 6px 0;font-size:13px;line-height:19px;color:#5a6472;</xsl:variable>

<xsl:variable name="accent">
	<xsl:choose>
		<xsl:when test="/document/report/@accent"><xsl:value-of select="/document/report/@accent"/></xsl:when>
		<xsl:otherwise>#0072b2</xsl:otherwise>
	</xsl:choose>
</xsl:variable>

<xsl:template match="/document">
	<html lang="{report/@language}">
		<head>
			<meta charset="utf-8"/>
			<meta name="viewport" content="width=device-width, initial-scale=1"/>
			<meta name="color-scheme" content="light dark"/>
			<meta name="supported-color-schemes" content="light dark"/>
			<title><xsl:value-of select="@title"/></title>
			<style type="text/css">
:root{color-scheme:light dark}
@media (max-width:480px){
.tile{display:block!important;width:auto!important;border-left:0!important;padding:10px 0!important}
.page{padding:16px!important}
}
@media (prefers-color-scheme:dark){
.around{background:#0d1013!important}
.page{background:#14181d!important}
.words{color:#e9ecef!important}
.quiet{color:#a6b0bb!important}
.value{color:#55b3ea!important}
.rule{border-color:#2f363f!important}
}
</style>
		</head>
		<body class="around" style="margin:0;padding:0;background:#eef1f4;{$font}">
			<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="around" style="background:#eef1f4;">
				<tr><td align="center" style="padding:16px 8px;">
					<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;">
						<tr><td class="page" style="background:#ffffff;padding:24px;border-top:4px solid {$accent};{$font}">
							<xsl:apply-templates select="report"/>
							<xsl:apply-templates select="body"/>
						</td></tr>
					</table>
				</td></tr>
			</table>
		</body>
	</html>
</xsl:template>

<xsl:template match="report">
	<p class="quiet" style="{$small}">
		<xsl:value-of select="@title"/>
		<xsl:if test="@institution"> · <xsl:value-of select="@institution"/></xsl:if>
		<xsl:if test="@cluster"> · <xsl:value-of select="@cluster"/></xsl:if>
		· <span style="white-space:nowrap;"><xsl:value-of select="@period"/></span>
	</p>
	<xsl:if test="@notice">
		<p class="quiet" style="{$small}"><strong><xsl:value-of select="@notice"/></strong></p>
	</xsl:if>
</xsl:template>

<xsl:template match="heading[@level = 1]">
	<h1 class="words" style="margin:8px 0 12px 0;font-size:26px;line-height:32px;color:#1a1f26;"><xsl:apply-templates/></h1>
</xsl:template>

<xsl:template match="heading">
	<h2 class="words rule" style="margin:24px 0 8px 0;padding-top:16px;border-top:1px solid #e2e5e9;font-size:18px;line-height:24px;color:#1a1f26;">
		<xsl:apply-templates/>
	</h2>
</xsl:template>

<xsl:template match="paragraph | lede">
	<p class="words" style="{$text}"><xsl:apply-templates/></p>
</xsl:template>

<xsl:template match="item/paragraph"><xsl:apply-templates/></xsl:template>

<xsl:template match="list">
	<ul class="words" style="{$text}padding-left:24px;"><xsl:apply-templates/></ul>
</xsl:template>

<xsl:template match="list[@ordered]">
	<ol class="words" style="{$text}padding-left:24px;"><xsl:apply-templates/></ol>
</xsl:template>

<xsl:template match="item"><li style="margin:0 0 4px 0;"><xsl:apply-templates/></li></xsl:template>
<xsl:template match="strong"><strong><xsl:apply-templates/></strong></xsl:template>
<xsl:template match="em"><em><xsl:apply-templates/></em></xsl:template>
<xsl:template match="code"><code><xsl:apply-templates/></code></xsl:template>
<xsl:template match="link"><a href="{@href}"><xsl:apply-templates/></a></xsl:template>
<xsl:template match="figure"><xsl:apply-templates/></xsl:template>
<xsl:template match="code-block"><pre class="words"><xsl:for-each select="line"><xsl:value-of select="."/><xsl:text>&#10;</xsl:text></xsl:for-each></pre></xsl:template>
<xsl:template match="callout | columns | column"><xsl:apply-templates/></xsl:template>

<!-- The width of each by their number; one above the other where there is no room. -->
<xsl:template match="tiles">
	<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:4px 0 16px 0;">
		<tr><xsl:apply-templates/></tr>
	</table>
</xsl:template>

<xsl:template match="tile">
	<xsl:variable name="gap"><xsl:if test="position() &gt; 1">border-left:1px solid #e2e5e9;padding-left:14px;</xsl:if></xsl:variable>
	<td class="tile rule" valign="top" width="{floor(100 div count(../tile))}%" style="padding:6px 14px 6px 0;{$gap}">
		<p class="quiet" style="{$small}"><xsl:value-of select="@label"/></p>
		<p class="value" style="margin:0;font-size:24px;line-height:30px;font-weight:bold;color:{$accent};"><xsl:value-of select="@value"/></p>
		<xsl:if test="@change"><p class="words" style="margin:2px 0 0 0;font-size:14px;line-height:20px;color:#1a1f26;"><xsl:value-of select="@change"/></p></xsl:if>
		<xsl:if test="@missing"><p class="quiet" style="{$small}"><xsl:value-of select="@reason"/></p></xsl:if>
	</td>
</xsl:template>

<xsl:template match="chart">
	<p class="words" style="margin:0 0 2px 0;font-size:16px;line-height:22px;font-weight:bold;color:#1a1f26;"><xsl:value-of select="@title"/></p>
	<xsl:choose>
		<xsl:when test="@thin"><p class="quiet" style="{$small}"><xsl:value-of select="@thin"/></p></xsl:when>
		<xsl:otherwise>
			<p class="quiet" style="{$small}"><xsl:value-of select="@subtitle"/></p>
			<p style="margin:0 0 8px 0;padding:8px;background:#ffffff;"><img src="cid:{@cid}" alt="{@alt}" width="552" style="display:block;width:100%;max-width:552px;height:auto;border:0;background:#ffffff;"/></p>
			<p class="quiet" style="{$small}">
				<xsl:for-each select="value"><xsl:if test="position() &gt; 1"><br/></xsl:if><xsl:value-of select="."/></xsl:for-each>
			</p>
			<p class="quiet" style="{$small}"><xsl:value-of select="@source"/></p>
		</xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="table">
	<xsl:variable name="cell">padding:6px 8px 6px 0;border-bottom:1px solid #e2e5e9;font-size:14px;line-height:20px;</xsl:variable>
	<table width="100%" cellpadding="0" cellspacing="0" border="0" class="words" style="margin:0 0 12px 0;color:#1a1f26;border-collapse:collapse;">
		<xsl:if test="@caption"><caption class="quiet" style="{$small}text-align:left;"><xsl:value-of select="@caption"/></caption></xsl:if>
		<tr><xsl:for-each select="column"><th scope="col" align="left" class="rule" style="{$cell}"><xsl:value-of select="."/></th></xsl:for-each></tr>
		<xsl:for-each select="row">
			<tr><xsl:for-each select="cell"><td valign="top" class="rule" style="{$cell}"><xsl:value-of select="."/><xsl:if test="@missing">–</xsl:if></td></xsl:for-each></tr>
		</xsl:for-each>
	</table>
</xsl:template>

</xsl:stylesheet>
