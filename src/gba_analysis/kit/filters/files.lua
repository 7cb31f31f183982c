-- What the web page takes in from files beside it, so that it needs no server.
-- A chart becomes markup with its texts, in the page's own font and colours: charts/ holds it, named after the float.
-- Under a chart stand its source line, and its data as a folded table; each link into downloads/ carries the file itself.
-- The PDF keeps images, source lines and plain words. A file that is missing leaves its image or link as it is. Both
-- engines run it; it changes no text of a table.

local is_html = FORMAT:match("html") ~= nil
local alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
local summary

local function read_words(meta)
  local words = assert(meta["page-words"], "found no page-words in the metadata, expected those of the catalogue")
  summary = pandoc.utils.stringify(words.data)
end

-- The two signs of each number of twelve bits.
local signs = {}
for number = 0, 4095 do
  local high, low = (number >> 6) + 1, (number & 63) + 1
  signs[number] = alphabet:sub(high, high) .. alphabet:sub(low, low)
end

local function base64(bytes)
  local encoded, missing = {}, -#bytes % 3
  local filled = bytes .. ("\0"):rep(missing)
  for place = 1, #filled, 3 do
    local first, second, third = filled:byte(place, place + 2)
    encoded[#encoded + 1] = signs[first << 4 | second >> 4] .. signs[(second & 15) << 8 | third]
  end
  local text = table.concat(encoded)
  return text:sub(1, #text - missing) .. ("="):rep(missing)
end

-- Engines run in the page's folder; Quarto also names the project's.
local function read_file(path)
  local folder = quarto and quarto.project and quarto.project.directory
  local file = io.open(path, "rb") or (folder and io.open(folder .. "/" .. path, "rb"))
  if not file then
    return nil
  end
  local bytes = file:read("a")
  file:close()
  return bytes
end

local function is_image(block)
  return #block.content == 1 and block.content[1].t == "Image"
end

-- The float's content with its image replaced, or nil if there is no markup for it.
local function drawn(identifier, content)
  local name = identifier:match("^fig%-([%w_-]+)$")
  local markup = name and read_file("charts/" .. name .. ".html")
  if not markup then
    return nil
  end
  local function chart(block)
    return is_image(block) and pandoc.RawBlock("html", markup) or nil
  end
  local function figure()
    return pandoc.RawBlock("html", markup)
  end
  return content:walk({ Figure = figure }):walk({ Para = chart, Plain = chart })
end

local function embedded_float(div)
  return drawn(div.identifier, div)
end

-- Quarto still holds its floats as nodes of its own here.
local function quarto_float(float)
  local content = drawn(float.identifier, float.content)
  if content then
    float.content = content
    return float
  end
end

local function download(link)
  local name = link.target:match("^downloads/([%w_-]+%.csv)$")
  if not name then
    return nil
  end
  if not is_html then
    return link.content
  end
  local bytes = read_file(link.target)
  if not bytes then
    return nil
  end
  link.target = "data:text/csv;charset=utf-8;base64," .. base64(bytes)
  link.attributes.download = name
  return link
end

local function is_download(inline)
  return inline.t == "Link" and (inline.attributes.download or inline.target:match("^downloads/")) ~= nil
end

-- The words of the first paragraph, and its links.
local function split_source(para)
  local words, links = pandoc.Inlines({}), pandoc.Inlines({})
  for _, inline in ipairs(para.content) do
    (is_download(inline) and links or words):insert(inline)
  end
  while #words > 0 and (words[#words].t == "Space" or words[#words].t == "SoftBreak") do
    words:remove()
  end
  return words, links
end

local function folded(words, links, rest)
  local blocks = pandoc.Blocks({})
  if #words > 0 then
    blocks:insert(pandoc.Div({ pandoc.Para(words) }, pandoc.Attr("", { "source" })))
  end
  blocks:insert(pandoc.RawBlock("html", "<details><summary>" .. summary .. "</summary>"))
  blocks:extend(rest)
  if #links > 0 then
    blocks:insert(pandoc.Para(links))
  end
  blocks:insert(pandoc.RawBlock("html", "</details>"))
  return blocks
end

local function data_block(div)
  if not div.classes:includes("data") or #div.content == 0 or div.content[1].t ~= "Para" then
    return nil
  end
  local words, links = split_source(div.content[1])
  if is_html then
    local rest = pandoc.Blocks({ table.unpack(div.content, 2) })
    div.content = folded(words, links, rest)
    return div
  end
  if #words == 0 then
    return pandoc.Blocks({})
  end
  div.content = pandoc.Blocks({ pandoc.Para(words) })
  return div
end

local function div(element)
  return is_html and embedded_float(element) or data_block(element)
end

local function pass(tbl)
  -- Nothing of that stands in a table.
  return tbl, false
end

local blocks = { traverse = "topdown", Div = div, FloatRefTarget = is_html and quarto_float or nil, Table = pass }

-- Blocks first: in the PDF a link is no longer one afterwards.
return { { Meta = read_words }, blocks, { Link = download } }
