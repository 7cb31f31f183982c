-- Numbers headings, figures and tables and resolves references, with the words and the elements that
-- Quarto writes, so that one style sheet and one Typst template serve both engines.

local nbsp = "\u{a0}"
-- The names of the words for what is numbered, by the beginning of an id.
local names = { fig = "figure", tbl = "table", sec = "section" }
-- Where captions stand unless the page's setting <kind>-cap-location says otherwise.
local caption_side = { fig = "bottom", tbl = "top" }
local sides = { bottom = true, top = true }
-- Quarto adds this to a caption's id, so that it cannot meet an id of the text.
local caption_mark = "-caption-0ceaefa1-69ba-4598-a22c-09a6ac19f8ca"

local is_typst = FORMAT == "typst"
local words = {}
local index = {}
local counts = { fig = 0, tbl = 0 }
local section = {}

local function read_words(meta)
  local given = assert(meta["page-words"], "found no page-words in the metadata, expected those of the catalogue")
  for kind, name in pairs(names) do
    words[kind] = pandoc.utils.stringify(given[name])
  end
end

local function read_caption_sides(meta)
  for kind in pairs(caption_side) do
    local setting = kind .. "-cap-location"
    local side = meta[setting] and pandoc.utils.stringify(meta[setting])
    if side and not sides[side] then
      error(("%s: found %s, expected top or bottom"):format(setting, side))
    end
    caption_side[kind] = side or caption_side[kind]
  end
end

local function read_settings(meta)
  read_words(meta)
  read_caption_sides(meta)
end

local function kind_of(identifier)
  return identifier:match("^(%a+)%-")
end

local function next_section(level)
  section[level] = (section[level] or 0) + 1
  for deeper = level + 1, 6 do
    section[deeper] = nil
  end
  local parts = {}
  for depth = 1, level do
    parts[depth] = section[depth] or 0
  end
  return table.concat(parts, ".")
end

local function number_heading(heading)
  if heading.classes:includes("unnumbered") then
    return nil
  end
  local number = next_section(heading.level)
  index[heading.identifier] = number
  if not is_typst then
    heading.attributes.number = number
    local mark = pandoc.Span({ pandoc.Str(number) }, pandoc.Attr("", { "header-section-number" }))
    heading.content:insert(1, pandoc.Space())
    heading.content:insert(1, mark)
  end
  return heading
end

local function html_caption(float)
  local side = caption_side[float.kind]
  local open = '<figcaption id="%s" class="quarto-float-caption-%s quarto-float-caption quarto-float-%s">'
  local caption = pandoc.Inlines({ pandoc.RawInline("html", open:format(float.id .. caption_mark, side, float.kind)) })
  caption:insert(pandoc.Str(words[float.kind] .. nbsp .. float.number .. ":"))
  caption:insert(pandoc.Space())
  caption:extend(float.caption)
  caption:insert(pandoc.RawInline("html", "</figcaption>"))
  return pandoc.Plain(caption)
end

local function html_float(float)
  local content = pandoc.Div(float.content, pandoc.Attr("", {}, { ["aria-describedby"] = float.id .. caption_mark }))
  local figure = pandoc.Blocks({ content })
  figure:insert(caption_side[float.kind] == "top" and 1 or 2, html_caption(float))
  figure:insert(1, pandoc.RawBlock("html", ('<figure class="quarto-float quarto-float-%s">'):format(float.kind)))
  figure:insert(pandoc.RawBlock("html", "</figure>"))
  return pandoc.Div(figure, pandoc.Attr(float.id, { "quarto-float", "quarto-figure", "quarto-figure-center" }))
end

local function typst_float(float)
  local open = ("], caption: figure.caption(position: %s, ["):format(caption_side[float.kind])
  local caption = pandoc.Inlines({ pandoc.RawInline("typst", open) })
  caption:extend(float.caption)
  local close = ']), kind: "quarto-float-%s", supplement: "%s") <%s>'
  caption:insert(pandoc.RawInline("typst", close:format(float.kind, words[float.kind], float.id)))
  local blocks = pandoc.Blocks({ pandoc.RawBlock("typst", "#figure([") })
  blocks:extend(float.content)
  blocks:insert(pandoc.Para(caption))
  return blocks
end

local function make_float(div)
  local kind = kind_of(div.identifier)
  if not counts[kind] then
    return nil
  end
  local caption = div.content[#div.content]
  if #div.content < 2 or caption.t ~= "Para" then
    error("no caption: " .. div.identifier)
  end
  div.content:remove()
  counts[kind] = counts[kind] + 1
  index[div.identifier] = tostring(counts[kind])
  local float = { id = div.identifier, kind = kind, number = index[div.identifier] }
  float.content, float.caption = div.content, caption.content
  return is_typst and typst_float(float) or html_float(float), false
end

local function reference(id)
  local number, word = index[id], words[kind_of(id) or ""]
  if not number or not word then
    error("unknown cross-reference: @" .. id)
  end
  if is_typst then
    local open = ("#ref(<%s>, supplement: ["):format(id)
    return { pandoc.RawInline("typst", open), pandoc.Str(word), pandoc.RawInline("typst", "])") }
  end
  return { pandoc.Link({ pandoc.Str(word .. nbsp .. number) }, "#" .. id, "", pandoc.Attr("", { "quarto-xref" })) }
end

local function resolve_references(cite)
  local references = pandoc.Inlines({})
  for position, citation in ipairs(cite.citations) do
    if position > 1 then
      references:extend({ pandoc.Str(","), pandoc.Space() })
    end
    references:extend(reference(citation.id))
  end
  return references
end

-- Typst refuses an image without alternative text, and Pandoc writes none.
local function typst_image(image)
  local alt = pandoc.utils.stringify(image):gsub("\\", "\\\\"):gsub('"', '\\"')
  return pandoc.RawInline("typst", ('#box(image("%s", alt: "%s"))'):format(image.src, alt))
end

local function plain_typst_table(tbl)
  tbl.classes:insert("typst:no-figure")
  return tbl, false
end

local function pass(tbl)
  -- Neither a heading nor a float stands in a table.
  return tbl, false
end

return {
  { Meta = read_settings },
  { traverse = "topdown", Header = number_heading, Div = make_float, Table = pass },
  { Cite = resolve_references },
  is_typst and { Image = typst_image } or {},
  is_typst and { traverse = "topdown", Table = plain_typst_table } or {},
}
