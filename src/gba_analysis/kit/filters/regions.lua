-- In the web page each table lies in a region of its own, which scrolls where the table is wider than the screen, can be
-- reached with the keyboard, and has a name: the first words of the caption, or the heading and the first column. The
-- text does not change. Quarto still holds its floats as nodes of its own here; the embedded engine has made them Divs.

local words
-- What stood last on the page, and how often each name was given.
local heading, title = "", ""
local given = {}

local function read_words(meta)
  words = assert(meta["page-words"], "found no page-words in the metadata, expected those of the catalogue")
end

-- A word of the page with its placeholders filled in.
local function say(name, values)
  return (pandoc.utils.stringify(words[name]):gsub("{(%a+)}", values))
end

local function plain(content)
  return (pandoc.utils.stringify(content):gsub("%.$", ""):gsub("。$", ""))
end

-- A caption begins with its title in bold.
local function title_of(caption)
  local found
  pandoc.Div(caption):walk({
    Strong = function(strong)
      found = found or plain(strong)
    end,
  })
  return found or plain(caption)
end

local function unique(name)
  given[name] = (given[name] or 0) + 1
  return given[name] == 1 and name or ("%s (%d)"):format(name, given[name])
end

local function region(tbl, name)
  local attributes = { { "tabindex", "0" }, { "role", "region" }, { "aria-label", unique(name) } }
  return pandoc.Div({ tbl }, pandoc.Attr("", { "scroll" }, attributes))
end

local function in_regions(name)
  return {
    traverse = "topdown",
    Table = function(tbl)
      return region(tbl, name), false
    end,
  }
end

local function is_caption(block)
  local first = block.t == "Plain" and block.content[1]
  return first and first.t == "RawInline" and first.text:find("^<figcaption") ~= nil
end

local function embedded_float(div)
  -- Of a copy: of an element whose parts were looked at, Pandoc would read all of them again.
  for _, block in ipairs(div:clone().content) do
    if is_caption(block) then
      title = title_of({ block })
    end
  end
  return div:walk(in_regions(title)), false
end

local function div(element)
  if element.classes:includes("quarto-float") then
    return embedded_float(element)
  elseif element.classes:includes("data") then
    return element:walk(in_regions(say("data_table", { title = title }))), false
  end
end

local function quarto_float(float)
  title = title_of(float.caption_long)
  if float.content.t == "Table" then
    float.content = region(float.content, title)
  else
    float.content = float.content:walk(in_regions(title))
  end
  return float, false
end

local function header(element)
  heading = plain(element.content:filter(function(inline)
    return not (inline.t == "Span" and inline.classes:includes("header-section-number"))
  end)):gsub("^%s+", "")
end

local function loose_table(tbl)
  local first = tbl.head.rows[1] and tbl.head.rows[1].cells[1]
  local column = first and pandoc.utils.stringify(first.contents) or ""
  return region(tbl, column == "" and heading or say("loose_table", { heading = heading, column = column })), false
end

return FORMAT:match("html")
    and {
      { Meta = read_words },
      { traverse = "topdown", Header = header, Div = div, FloatRefTarget = quarto_float, Table = loose_table },
    }
  or {}
