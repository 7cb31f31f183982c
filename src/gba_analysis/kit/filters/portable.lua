-- Makes both engines write the same page, wherever it is built. Runs last under the embedded engine
-- and after Quarto's own filters under Quarto. It decides nothing about content.

-- Attributes in which Quarto records the paths of the machine.
local machine_attributes = { "^notebook", "^data%-notebook", "^quarto%-private", "^data%-quarto%-private" }

-- Classes that a Div keeps in the PDF: each is a function of templates/typst-template.typ.
local styled_classes = { note = "briefing-note", findings = "briefing-findings", lead = "briefing-lead", data = "briefing-data" }

local function is_machine_attribute(name)
  for _, pattern in ipairs(machine_attributes) do
    if name:find(pattern) then
      return true
    end
  end
  return false
end

local function drop_machine_attributes(div)
  local dropped = {}
  for name in pairs(div.attributes) do
    if is_machine_attribute(name) then
      table.insert(dropped, name)
    end
  end
  -- One by one: a new table of attributes would have no fixed order.
  for _, name in ipairs(dropped) do
    div.attributes[name] = nil
  end
end

local function styled_in_typst(div)
  for _, class in ipairs(div.classes) do
    local style = styled_classes[class]
    if style then
      local blocks = pandoc.Blocks({ pandoc.RawBlock("typst", "#" .. style .. "[") })
      blocks:extend(div.content)
      blocks:insert(pandoc.RawBlock("typst", "]"))
      return blocks
    end
  end
  return nil
end

local function portable_div(div)
  drop_machine_attributes(div)
  if FORMAT == "typst" then
    return styled_in_typst(div) or div
  end
  return div
end

-- Pandoc gives a table relative widths when a source line is long; the page should not depend on that. Left is what a
-- cell is anyway; said in HTML it becomes a style attribute, which the page's security policy refuses.
local function natural_widths(column)
  return { column[1] == "AlignLeft" and "AlignDefault" or column[1], nil }
end

-- Quarto makes a paragraph of a cell that held a shortcode.
local function plain_cell(cell)
  if #cell.contents == 1 and cell.contents[1].t == "Para" then
    cell.contents = { pandoc.Plain(cell.contents[1].content) }
  end
end

local function plain_rows(rows)
  for _, row in ipairs(rows) do
    for _, cell in ipairs(row.cells) do
      plain_cell(cell)
    end
  end
end

-- To read every cell takes long, and few tables hold a paragraph.
local function holds(element, kind)
  local found = false
  element:walk({
    [kind] = function()
      found = true
    end,
  })
  return found
end

local function portable_table(tbl)
  tbl.colspecs = tbl.colspecs:map(natural_widths)
  if not holds(tbl, "Para") then
    return tbl
  end
  plain_rows(tbl.head.rows)
  for _, body in ipairs(tbl.bodies) do
    plain_rows(body.body)
  end
  return tbl
end

-- CJK ideographs and punctuation, full-width forms.
local function is_wide(code)
  return (code >= 0x2E80 and code <= 0x9FFF)
    or (code >= 0xF900 and code <= 0xFAFF)
    or (code >= 0xFF00 and code <= 0xFFEF)
end

-- Curly quotes, dashes and the ellipsis take the width of their neighbours.
local function is_shared(code)
  return (code >= 0x2018 and code <= 0x201D) or code == 0x2014 or code == 0x2026
end

local function edge_code(inline, position)
  local text = pandoc.utils.stringify(inline)
  if text == "" then
    return nil
  end
  return utf8.codepoint(text, position == "last" and utf8.offset(text, -1) or 1)
end

-- In Typst a reference is a raw call around its word: `#ref(…, supplement: [`, the word, `])`.
local function text_after(inlines, index)
  local next_one = inlines[index + 1]
  return next_one and next_one.t == "RawInline" and inlines[index + 2] or next_one
end

-- A line end between Chinese characters is no space.
local function is_spurious_break(inlines, index)
  local before, after = inlines[index - 1], text_after(inlines, index)
  local left, right = before and edge_code(before, "last"), after and edge_code(after, "first")
  if not left or not right then
    return false
  end
  return (is_wide(left) and (is_wide(right) or is_shared(right))) or (is_shared(left) and is_wide(right))
end

local function without_spurious_breaks(inlines)
  local kept = pandoc.Inlines({})
  for index, inline in ipairs(inlines) do
    if inline.t ~= "SoftBreak" or not is_spurious_break(inlines, index) then
      kept:insert(inline)
    end
  end
  return kept
end

local function without_breaks(document)
  return holds(document, "SoftBreak") and document:walk({ Inlines = without_spurious_breaks }) or nil
end

return { { Pandoc = without_breaks }, { Div = portable_div, Table = portable_table } }
