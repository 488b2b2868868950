# --------------------------------------------------------------------------------------------------- reading
class Refused(Exception):
    """What a person can mend: a sentence, with file and line."""


def fail(where, what):
    raise Refused("%s: %s" % (where, what))


COLUMNS = JOB["model"]["transform"]["columns"]
TARGET = JOB["model"]["transform"]["target"]
DIALECT = JOB["dialect"]
MISSING = set(JOB["missing"])
NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}(?:(?:,\d{3})+|(?:[ \u00a0\u202f\u2009]\d{3})+)(?:\.\d+)?", re.ASCII)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
CLOCK = r"(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d(?:[.,]\d+)?))?"
ZONE = r"(?: ?(?P<half>[AP]M))?(?: ?(?:Z|UTC|GMT|(?P<zone>[-+]\d\d:?\d\d)))?"
YEAR, MONTH, DAY = r"(?P<year>\d{4})", r"(?P<month>\d\d?)", r"(?P<day>\d\d?)"
NAME = r"(?P<name>" + "|".join(MONTHS) + r")[a-z]*\.?"
DATES = {
    "ISO 8601": YEAR + "-" + MONTH + "-" + DAY,
    "year/month/day": YEAR + "/" + MONTH + "/" + DAY,
    "day.month.year": DAY + r"\." + MONTH + r"\." + YEAR,
    "day/month/year": DAY + "[/-]" + MONTH + "[/-]" + YEAR,
    "month/day/year": MONTH + "[/-]" + DAY + "[/-]" + YEAR,
    "day month year": DAY + "[ -]?" + NAME + "[ -]?" + YEAR,
    "month day year": NAME + " " + DAY + ",? " + YEAR,
}
TIME = re.compile(r"(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d(?:\.\d+)?))? ?(?P<half>[ap]\.?m\.?)?", re.I | re.ASCII)


def number_in(text, unit, mark):
    """A number as it is written in the table; its unit may stand before or behind it."""
    text = text.replace("\u2212", "-").strip()
    if unit:
        if text.endswith(unit):
            text = text[: -len(unit)].strip()
        elif text.lstrip("-+").startswith(unit):
            text = text.replace(unit, "", 1).replace("- ", "-").strip()
    if mark == ",":
        text = text.translate({ord(","): ".", ord("."): ","})
    if NUMBER.fullmatch(text):
        return float(text)
    if GROUPED.fullmatch(text):
        return float(re.sub(r"[, \u00a0\u202f\u2009]", "", text))
    raise ValueError("no number")


def seconds_in(parts):
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    second = float((parts["second"] or "0").replace(",", "."))
    half = (parts["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("no time")
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    if hour > 23 or minute > 59 or second >= 60:
        raise ValueError("no time")
    return hour * 3600 + minute * 60 + second


def days_in(text, style):
    found = re.fullmatch(DATES[style] + "(?:(?:T|,? )" + CLOCK + ZONE + ")?", text, re.I | re.ASCII)
    if not found:
        raise ValueError("no date (%s)" % style)
    parts = found.groupdict()
    month = MONTHS.index(parts["name"].lower()) + 1 if parts.get("name") else int(parts["month"])
    day = datetime.date(int(parts["year"]), month, int(parts["day"])).toordinal() - 719163
    zone = parts["zone"] or ""
    ahead = (60 * int(zone[1:3]) + int(zone[-2:])) * (-1 if zone.startswith("-") else 1) if zone else 0
    return day + (seconds_in(parts) - 60 * ahead) / 86400


def time_in(text):
    found = TIME.fullmatch(text)
    if not found:
        raise ValueError("no time of day")
    return seconds_in(found.groupdict()) / 86400


def answers_in(text, separator):
    bare = text[1:-1] if re.fullmatch(r"\[.*\]|\{.*\}", text, re.S) else text
    parts = [part.strip() for part in (bare.split(separator) if separator else list(bare))]
    parts = [part[1:-1] if re.fullmatch(r"'.+'|\".+\"", part, re.S) else part for part in parts]
    return [part for part in parts if part]


def reader_of(column, mark, placeholders):
    """What makes a value of a cell: None where it is missing. It raises ValueError for a cell that does not fit."""
    kind, away = column["kind"], set(placeholders)
    texts = column.get("categories", column.get("classes"))
    known = set(texts or [])
    by_number = {}
    for text in texts or []:
        if NUMBER.fullmatch(text):
            by_number.setdefault(float(text), text)
    away_numbers = set()
    for text in placeholders if kind == "number" else []:
        try:
            away_numbers.add(number_in(text, column.get("unit", ""), mark))
        except ValueError:
            pass

    def is_missing(text):
        return text.strip() == "" or text in MISSING or text in away

    def read(text):
        if kind in ("category", "classes"):
            if text in known and text != "":
                return text
            if is_missing(text):
                return None
            # 1.0 is 1, where all are numbers.
            if len(by_number) == len(known) and NUMBER.fullmatch(text):
                return by_number.get(float(text), text)
            return text
        if kind == "ticked":
            if is_missing(text) or text.lower() in ("0", "no", "n", "false"):
                return 0.0
            if column["mark"] in (None, text):
                return 1.0
            raise ValueError("not the mark “%s”" % column["mark"])
        if is_missing(text):
            return None
        if kind == "number":
            value = number_in(text, column.get("unit", ""), mark)
            return None if value in away_numbers else value
        if kind == "date":
            return days_in(text, column["format"])
        if kind == "time":
            return time_in(text)
        if kind == "boolean":
            if text.lower() in ("true", "yes", "y", "t", "1"):
                return 1.0
            if text.lower() in ("false", "no", "n", "f", "0"):
                return 0.0
            raise ValueError("neither yes nor no")
        return answers_in(text, column["separator"])

    return read


class Lines:
    """The lines of a file as csv.reader takes them, without comments and empty lines between records."""

    def __init__(self, text):
        self.text, self.line, self.start, self.is_start = text, 0, 0, True

    def __iter__(self):
        return self

    def __next__(self):
        for line in self.text:
            self.line += 1
            if self.line == 1:
                line = line.lstrip("\ufeff")
            if self.line <= DIALECT["skipLines"]:
                continue
            if self.is_start and (line.strip() == "" or self.is_comment(line)):
                continue
            if self.is_start:
                self.start, self.is_start = self.line, False
            return line
        raise StopIteration

    @staticmethod
    def is_comment(line):
        cells = line.count(DIALECT["delimiter"]) + 1
        return line.startswith(tuple(DIALECT["comments"])) and (cells != JOB["width"] or cells == 1)


def records_of(path):
    """The records of a CSV file, each with the line it starts on."""
    with open(path, "rb") as start:
        is_packed = start.read(2) == b"\x1f\x8b"
    csv.field_size_limit(2**31 - 1)
    blanks = " " if DIALECT["delimiter"] == "\t" else " \t"
    with (gzip.open if is_packed else open)(path, "rb") as raw:
        lines = Lines(io.TextIOWrapper(raw, encoding=DIALECT["encoding"], newline=""))
        escape = DIALECT["escape"] or None
        how = {"delimiter": DIALECT["delimiter"], "quotechar": DIALECT["quote"], "skipinitialspace": True, "strict": True}
        reader = csv.reader(lines, doublequote=escape is None, escapechar=escape, **how)
        while True:
            lines.is_start = True
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (csv.Error, UnicodeDecodeError) as error:
                fail("%s:%d" % (path, lines.line + 1), error)
            yield lines.start, [cell.strip(blanks) for cell in cells]


def rows_of(path):
    """The rows of a file behind its header: where each stands, its line, and the cells of the columns, the target last."""
    if path.endswith(".parquet"):
        yield from parquet_rows(path)
        return
    places, header = JOB["places"] + [JOB["targetPlace"]], DIALECT["header"]
    left = DIALECT["headerAt"] if header else 0
    for line, cells in records_of(path):
        where = "%s:%d" % (path, line)
        if left > 0:
            left -= 1
            if left == 0 and cells[: len(header)] != header:
                fail(where, "its header is not that of the table that was exported: %s" % ", ".join(header))
            continue
        yield where, line, cells, places
    if left > 0:
        fail(path, "it has no header")


def parquet_rows(path):
    try:
        import pyarrow.parquet as parquet
    except ImportError:
        fail(path, "reading Parquet takes pyarrow, which is not installed")
    names = [column["name"] for column in COLUMNS] + [TARGET["name"]]
    file, line = parquet.ParquetFile(path), 0
    absent = [name for name in names if name not in file.schema_arrow.names]
    if absent:
        fail(path, "it has no column %s" % ", ".join(absent))
    for batch in file.iter_batches(columns=names):
        columns = batch.to_pydict()
        for values in zip(*(columns[name] for name in names)):
            line += 1
            yield "%s: row %d" % (path, line), line, values, range(len(names))


def typed(value, column):
    """A value of Parquet that needs no reading, or else the text that it is."""
    if value is None or value != value:
        return None, ""
    is_number = column["kind"] in ("number", "boolean") and isinstance(value, (bool, int, float))
    if is_number:
        return float(value), None
    if column["kind"] == "date" and isinstance(value, datetime.datetime):
        return (value.replace(tzinfo=None) - datetime.datetime(1970, 1, 1)).total_seconds() / 86400, None
    if column["kind"] == "date" and isinstance(value, datetime.date):
        return float(value.toordinal() - 719163), None
    return None, str(value)
