-- Marks every run of the other script with its language, so that it is spoken, hyphenated and drawn as what it is:
-- Chinese on an English page, words of Latin letters on a Chinese page. Both engines run it; it changes no text.
-- Left alone: code, the addresses of links, and whatever has a language already.

local document
-- Whether the page has footnotes, whose texts do not count as a part of the paragraph around them.
local has_notes = false
-- A single Latin word is marked from this length on, unless it is an abbreviation in capitals.
local shortest = 4

-- Han, Chinese punctuation and full-width forms.
local function is_chinese(code)
  return code >= 0x2E80 and code <= 0x9FFF or code >= 0xF900 and code <= 0xFAFF
    or code >= 0xFE30 and code <= 0xFE4F or code >= 0xFF00 and code <= 0xFFEF or code >= 0x20000 and code <= 0x323AF
end

local function is_han(code)
  return code >= 0x3400 and code <= 0x9FFF or code >= 0xF900 and code <= 0xFAFF or code >= 0x20000 and code <= 0x323AF
end

local function is_latin(code)
  return code >= 0x41 and code <= 0x5A or code >= 0x61 and code <= 0x7A or code >= 0xC0 and code <= 0x24F
    and code ~= 0xD7 and code ~= 0xF7
end

-- What may stand inside a Latin word: hyphen, apostrophes, full stop, ampersand and digits.
local function joins_latin(code)
  return code == 0x2D or code == 0x27 or code == 0x2019 or code == 0x2E or code == 0x26 or code >= 0x30 and code <= 0x39
end

local function inside_run(code)
  if document == "en" then
    return is_chinese(code)
  end
  return is_latin(code) or joins_latin(code)
end

-- The text of a Str in parts {text, of the other script}, in order.
local function parts_of(text)
  local parts, start, before = {}, 1, nil
  for place, code in utf8.codes(text) do
    local inside = inside_run(code)
    if before ~= nil and inside ~= before then
      table.insert(parts, { text = text:sub(start, place - 1), inside = before })
      start = place
    end
    before = inside
  end
  if before ~= nil then
    table.insert(parts, { text = text:sub(start), inside = before })
  end
  return parts
end

local function holds(text, test)
  for _, code in utf8.codes(text) do
    if test(code) then
      return true
    end
  end
  return false
end

local function letters_of(text)
  local count = 0
  for _, code in utf8.codes(text) do
    count = count + (is_latin(code) and 1 or 0)
  end
  return count
end

-- Words that are words: letters, and not only capitals (WIPO, CSNS, GDP).
local function is_word(text)
  return letters_of(text) >= 2 and holds(text, function(code)
    return code >= 0x61 and code <= 0x7A or code >= 0xDF
  end)
end

local function deserves(run)
  local words, longest, proper = 0, 0, false
  for _, inline in ipairs(run) do
    if inline.t == "Str" then
      if document == "en" then
        proper = proper or holds(inline.text, is_han)
      elseif letters_of(inline.text) >= 2 then
        words = words + 1
        if is_word(inline.text) and not (#run == 1 and inline.text:find("%d")) then
          longest = math.max(longest, letters_of(inline.text))
          proper = true
        end
      end
    end
  end
  return proper and (document == "en" or words >= 2 or longest >= shortest)
end

local function is_gap(inline)
  return inline.t == "Space" or inline.t == "SoftBreak"
end

-- Puts a finished run into `list`, marked if it deserves it; spaces at its end stay outside. Returns whether it is marked.
local function close(list, run)
  local tail = pandoc.List()
  while #run > 0 and is_gap(run[#run]) do
    tail:insert(1, run:remove(#run))
  end
  -- Numbers before the first word belong to what stands before: 4,000 is not split by a mark.
  while document == "zh" and #run > 0 and (is_gap(run[1]) or letters_of(run[1].text) == 0) do
    list:insert(run:remove(1))
  end
  local marked = deserves(run)
  if marked then
    local tag = document == "en" and "zh-Hans" or "en"
    list:insert(pandoc.Span(run, pandoc.Attr("", {}, { lang = tag })))
  else
    list:extend(run)
  end
  list:extend(tail)
  return marked
end

-- The bytes with which what deserves a mark begins in UTF-8: Han characters, Latin letters. They are found fast, and
-- a text without them has nothing to mark.
local first_bytes = { en = "[\xE3-\xE9\xEF\xF0]", zh = "[%a\xC3-\xC9]" }

local function may_hold_other(text)
  return text:find(first_bytes[document]) ~= nil
end

local function mark(inlines)
  if not may_hold_other(pandoc.utils.stringify(inlines)) then
    return nil
  end
  local list, run, has_marks = pandoc.List(), pandoc.List(), false
  local function finish()
    if #run > 0 then
      has_marks = close(list, run) or has_marks
      run = pandoc.List()
    end
  end
  for _, inline in ipairs(inlines) do
    if inline.t == "Str" then
      for _, part in ipairs(parts_of(inline.text)) do
        if not part.inside then
          finish()
        end
        (part.inside and run or list):insert(pandoc.Str(part.text))
      end
    elseif #run > 0 and is_gap(inline) then
      run:insert(inline)
    else
      finish()
      list:insert(inline)
    end
  end
  finish()
  return has_marks and list or nil
end

-- Blocks with nothing to mark are not entered, which saves most of the time.
local function pass(block)
  if not has_notes and not may_hold_other(pandoc.utils.stringify(block)) then
    return nil, false
  end
end

-- From the top down, so that what has a language already is not entered.
local languages = {
  traverse = "topdown",
  Span = function(span)
    if span.attributes.lang then
      return span, false
    end
  end,
  Div = function(div)
    if div.attributes.lang then
      return div, false
    end
  end,
  Para = pass,
  Plain = pass,
  Header = pass,
  Table = pass,
  Inlines = mark,
}

return {
  {
    Pandoc = function(doc)
      document = pandoc.utils.stringify(doc.meta.lang or ""):sub(1, 2)
      if document ~= "en" and document ~= "zh" then
        return nil
      end
      doc:walk({
        Note = function()
          has_notes = true
        end,
      })
      doc.blocks = doc.blocks:walk(languages)
      return doc
    end,
  },
}
