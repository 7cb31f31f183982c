-- The two shortcodes of the engine-neutral subset, resolved as Quarto does:
-- {{< var key >}} becomes its value, read as Markdown; {{< embed notebook#label >}} becomes a cell's output.
-- The values and outputs come in one JSON file, written by document.py. Any other shortcode is an error.

local stringify = pandoc.utils.stringify
local resources
-- What stands for the "<" of a shortcode; angles.py says why.
local sign

local function read_resources(meta)
  local file = assert(io.open(stringify(meta["gba-resources"]), "rb"))
  resources = pandoc.json.decode(file:read("a"), false)
  file:close()
  sign = stringify(meta["gba-sign"])
  meta["gba-resources"], meta["gba-sign"] = nil, nil
  return meta
end

local function show_angles(str)
  local text, count = str.text:gsub(sign, "<")
  return count > 0 and pandoc.Str(text) or nil
end

-- Most values are a number in the one form in which they are published. It is read here: Pandoc takes half a millisecond for each.
-- No trace begins with a byte that may begin a space, which Pandoc would not take.
local NUMBER = '^%[([^%]]+)%]{%.num data%-key="([%w_.]+)" data%-trace="([^%s"&\\\194\225-\227][^%c"&\\]*)"}$'
-- Characters that mean nothing but themselves, and a point between digits.
local LITERAL = "^[%w ,%%\128-\255]+$"

-- The span of a number as Pandoc reads it; nil for a value in any other form.
local function number_span(value)
  local text, key, trace = value:match(NUMBER)
  if not text or text:find("^ ") or text:find(" $") or not text:gsub("(%d)%.(%d)", "%1%2"):find(LITERAL) then
    return nil
  end
  local attributes = { { "data-key", key }, { "data-trace", trace } }
  return pandoc.Inlines({ pandoc.Span(pandoc.Inlines(text), pandoc.Attr("", { "num" }, attributes)) })
end

-- The inlines of each value that was used, by its key.
local known = {}

local function variable(key)
  local value = resources.variables[key]
  if not value then
    error("unknown variable: " .. key)
  end
  known[key] = known[key] or number_span(value) or pandoc.utils.blocks_to_inlines(pandoc.read(value, "markdown").blocks)
  return known[key]
end

local function resolve(words)
  if words[1] == "var" and #words == 2 then
    return variable(words[2])
  elseif words[1] == "embed" and #words == 2 then
    -- A mark only: an inline cannot hold a cell's blocks.
    return pandoc.Inlines({ pandoc.Span({}, pandoc.Attr("", {}, { embed = words[2] })) })
  end
  error("unknown shortcode: " .. table.concat(words, " "))
end

local function text_of(inline)
  if inline.t == "Str" then
    return inline.text
  elseif inline.t == "Space" or inline.t == "SoftBreak" then
    return " "
  end
  return nil
end

-- The words up to ">}}", the text after it, and the index of the inline that held it.
local function read_words(inlines, index, text)
  while true do
    local inside, rest = text:match("^(.-)>}}(.*)$")
    if inside then
      local words = {}
      for word in inside:gmatch("%S+") do
        table.insert(words, word)
      end
      return words, rest, index
    end
    index = index + 1
    local more = inlines[index] and text_of(inlines[index])
    if not more then
      error("a shortcode is not closed: {{<" .. text)
    end
    text = text .. more
  end
end

local function insert_text(list, text)
  if text ~= "" then
    list:insert(pandoc.Str(text))
  end
end

local function resolve_inlines(inlines)
  local resolved, index = pandoc.Inlines({}), 1
  while index <= #inlines do
    local text = inlines[index].t == "Str" and inlines[index].text
    if not text or not text:find("{{<", 1, true) then
      resolved:insert(inlines[index])
    else
      while text:find("{{<", 1, true) do
        local before, after = text:match("^(.-){{<(.*)$")
        insert_text(resolved, before)
        local words
        words, text, index = read_words(inlines, index, after)
        resolved:extend(resolve(words))
      end
      insert_text(resolved, text)
    end
    index = index + 1
  end
  return resolved
end

local function cell_blocks(address, cell)
  if cell.kind == "svg" then
    return { pandoc.Para({ pandoc.Image(pandoc.Inlines(cell.alt), cell.file) }) }, {}
  elseif cell.kind == "markdown" then
    return pandoc.read(cell.text, "markdown").blocks, { "cell-output-markdown" }
  elseif cell.kind == "text" then
    return { pandoc.CodeBlock(cell.text) }, {}
  end
  error(("%s: outputs of the cell: %s, expected one"):format(address, cell.kind))
end

local function embedded_cell(address)
  local cell = resources.cells[address]
  if not cell then
    error("unknown notebook output: " .. address)
  end
  local blocks, classes = cell_blocks(address, cell)
  local output = pandoc.Div(blocks, pandoc.Attr("", { "cell-output", "cell-output-display", table.unpack(classes) }))
  local label = address:match("#(.*)$")
  local body = pandoc.Div({ output }, pandoc.Attr("cell-" .. label, { "cell" }))
  return pandoc.Div({ body }, pandoc.Attr("", { "quarto-embed-nb-cell" }))
end

local function replace_embed(para)
  local only = #para.content == 1 and para.content[1]
  local address = only and only.t == "Span" and only.attributes.embed
  return address and embedded_cell(address) or nil
end

return { { Meta = read_resources }, { Str = show_angles }, { Inlines = resolve_inlines }, { Para = replace_embed } }
