-- Keeps a short paragraph on the page of what follows it: the first one under a heading, and one that leads to a
-- list.
-- In the PDF only; Typst keeps headings by themselves. Both engines run it; it changes no text.

-- Two lines, in half-width characters.
local short = 180

local function width_of(blocks)
  local width = 0
  for _, code in utf8.codes(pandoc.utils.stringify(blocks)) do
    width = width + (code >= 0x2E80 and 2 or 1)
  end
  return width
end

local function leads(blocks, index)
  local before, after = blocks[index - 1], blocks[index + 1]
  if not after or after.t == "Header" or blocks[index].t ~= "Para" or width_of(blocks[index]) > short then
    return false
  end
  return before and before.t == "Header" or after.t == "BulletList" or after.t == "OrderedList"
end

local function kept(blocks)
  if #blocks < 2 then
    return nil
  end
  local list = pandoc.Blocks({})
  for index, block in ipairs(blocks) do
    if leads(blocks, index) then
      list:extend({ pandoc.RawBlock("typst", "#briefing-keep["), block, pandoc.RawBlock("typst", "]") })
    else
      list:insert(block)
    end
  end
  return list
end

local function pass(tbl)
  -- A cell holds no heading and no list.
  return tbl, false
end

return FORMAT == "typst" and { { traverse = "topdown", Blocks = kept, Table = pass } } or {}
