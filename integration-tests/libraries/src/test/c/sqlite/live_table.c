/*
 * A virtual table over a live Java list: each scan reads the list as it is then, integers from the
 * mirrors, text by one call into Java, references as the integers that handles are. The hidden
 * column `self` is the row's own handle, so that a reference joins with it.
 */
#include "glue.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 256
#define COLUMNS 8

GLUE int32_t live_table(sqlite3 *db, const char *name, hf_ref list, const char *type_name,
                        const char *columns);

/* A counted list, and what its elements show; the module's client data. */
struct source {
  hf_ref list;
  char declaration[512];
  int n;
  char kinds[COLUMNS]; /* 'i' int, 't' text, 'r' reference */
  hf_field fields[COLUMNS];
};

struct table {
  sqlite3_vtab base;
  struct source *source;
};

struct cursor {
  sqlite3_vtab_cursor base;
  hf_ref block[BLOCK]; /* counted from `at` on */
  int64_t from;        /* the list's index of block[0] */
  int64_t n;
  int64_t at;
  hf_ref wanted; /* only this row, or NULL */
};

static void free_source(void *data) {
  struct source *source = data;
  glue_destroy_(source->list);
  free(source);
}

static int connect(sqlite3 *db, void *aux, int argc, const char *const *argv, sqlite3_vtab **out,
                   char **error) {
  (void)argc, (void)argv, (void)error;
  struct source *source = aux;
  struct table *table = calloc(1, sizeof *table);
  if (!table)
    return SQLITE_NOMEM;
  table->source = source;
  *out = &table->base;
  return sqlite3_declare_vtab(db, source->declaration);
}

static int disconnect(sqlite3_vtab *table) {
  free(table);
  return SQLITE_OK;
}

static int best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
  int self = ((struct table *)base)->source->n;
  info->estimatedCost = 1e6;
  for (int i = 0; i < info->nConstraint; i++) {
    if (info->aConstraint[i].usable && info->aConstraint[i].iColumn == self &&
        info->aConstraint[i].op == SQLITE_INDEX_CONSTRAINT_EQ) {
      info->aConstraintUsage[i].argvIndex = 1;
      info->aConstraintUsage[i].omit = 1;
      info->idxNum = 1;
      info->estimatedCost = 1e3;
      info->estimatedRows = 1;
      break;
    }
  }
  return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out) {
  (void)table;
  struct cursor *cursor = calloc(1, sizeof *cursor);
  *out = cursor ? &cursor->base : NULL;
  return cursor ? SQLITE_OK : SQLITE_NOMEM;
}

static void release_rest(struct cursor *cursor) {
  for (; cursor->at < cursor->n; cursor->at++)
    hf_release(cursor->block[cursor->at]);
}

static int close_cursor(sqlite3_vtab_cursor *base) {
  release_rest((struct cursor *)base);
  free(base);
  return SQLITE_OK;
}

static int fail(struct cursor *cursor) {
  sqlite3_free(cursor->base.pVtab->zErrMsg);
  cursor->base.pVtab->zErrMsg = sqlite3_mprintf("%s", hf_last_error());
  return SQLITE_ERROR;
}

/* Goes to the first row from `at` on that is wanted. */
static int settle(struct cursor *cursor) {
  hf_ref list = ((struct table *)cursor->base.pVtab)->source->list;
  for (;;) {
    for (; cursor->at < cursor->n; cursor->at++) {
      hf_ref row = cursor->block[cursor->at];
      if (row && (!cursor->wanted || row == cursor->wanted))
        return SQLITE_OK;
      hf_release(row);
    }
    cursor->from += cursor->n;
    int64_t read = hf_read_refs(list, cursor->from, BLOCK, cursor->block);
    cursor->at = 0;
    cursor->n = read > 0 ? read : 0;
    if (read < 0)
      return fail(cursor);
    if (read == 0)
      return SQLITE_OK;
  }
}

static int filter(sqlite3_vtab_cursor *base, int number, const char *text, int argc,
                  sqlite3_value **argv) {
  (void)text, (void)argc;
  struct cursor *cursor = (struct cursor *)base;
  release_rest(cursor);
  cursor->from = cursor->n = cursor->at = 0;
  cursor->wanted = NULL;
  if (number == 1) {
    cursor->wanted = (hf_ref)sqlite3_value_int64(argv[0]);
    if (!cursor->wanted)
      return SQLITE_OK; /* NULL equals nothing */
  }
  return settle(cursor);
}

static int next(sqlite3_vtab_cursor *base) {
  struct cursor *cursor = (struct cursor *)base;
  hf_release(cursor->block[cursor->at++]);
  return settle(cursor);
}

static int at_end(sqlite3_vtab_cursor *base) {
  struct cursor *cursor = (struct cursor *)base;
  return cursor->at >= cursor->n;
}

static int text(struct cursor *cursor, sqlite3_context *context, hf_ref row, hf_field field) {
  char near[256];
  int64_t length = hf_field_utf8(row, field, near, sizeof near);
  if (length == HF_ENULL) {
    sqlite3_result_null(context);
  } else if (length < 0) {
    return fail(cursor);
  } else if (length < (int64_t)sizeof near) {
    sqlite3_result_text64(context, near, (sqlite3_uint64)length, SQLITE_TRANSIENT, SQLITE_UTF8);
  } else {
    char *far = sqlite3_malloc64((sqlite3_uint64)length + 1);
    if (!far)
      return SQLITE_NOMEM;
    int64_t now = hf_field_utf8(row, field, far, length + 1); /* Java may have changed it */
    sqlite3_uint64 bytes = (sqlite3_uint64)(now < 0 ? 0 : now < length ? now : length);
    sqlite3_result_text64(context, far, bytes, sqlite3_free, SQLITE_UTF8);
  }
  return SQLITE_OK;
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int i) {
  struct cursor *cursor = (struct cursor *)base;
  struct source *source = ((struct table *)base->pVtab)->source;
  hf_ref row = cursor->block[cursor->at];
  if (i == source->n) {
    sqlite3_result_int64(context, (sqlite3_int64)row);
    return SQLITE_OK;
  }
  switch (source->kinds[i]) {
  case 'i':
    sqlite3_result_int(context, hf_get_i32(row, source->fields[i]));
    break;
  case 'r': {
    hf_ref value = hf_get_ref(row, source->fields[i]);
    if (value)
      sqlite3_result_int64(context, (sqlite3_int64)value);
    else
      sqlite3_result_null(context);
    break;
  }
  default:
    return text(cursor, context, row, source->fields[i]);
  }
  return hf_last_status() == HF_OK ? SQLITE_OK : fail(cursor);
}

static int rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out) {
  struct cursor *cursor = (struct cursor *)base;
  *out = cursor->from + cursor->at;
  return SQLITE_OK;
}

static const sqlite3_module module = {
    .iVersion = 0,
    .xConnect = connect, /* no xCreate: the table is there under the module's name */
    .xBestIndex = best_index,
    .xDisconnect = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = next,
    .xEof = at_end,
    .xColumn = column,
    .xRowid = rowid,
};

/* "age:i name:t city:r". */
static int parse(struct source *source, hf_type type, const char *columns) {
  char copy[256];
  snprintf(copy, sizeof copy, "%s", columns);
  size_t used =
      (size_t)snprintf(source->declaration, sizeof source->declaration, "CREATE TABLE x(");
  char *rest = NULL;
  for (char *at = strtok_r(copy, " ", &rest); at; at = strtok_r(NULL, " ", &rest)) {
    char *kind = strchr(at, ':');
    if (!kind || source->n == COLUMNS)
      return 0;
    *kind = 0;
    source->kinds[source->n] = kind[1];
    source->fields[source->n] = hf_field_find(type, at);
    if (!source->fields[source->n++])
      return 0;
    used += (size_t)snprintf(source->declaration + used, sizeof source->declaration - used,
                             "%s %s, ", at, kind[1] == 't' ? "TEXT" : "INTEGER");
  }
  snprintf(source->declaration + used, sizeof source->declaration - used, "self INTEGER HIDDEN)");
  return 1;
}

/* Takes over the list's count: with the connection it is destroyed. SQLite's status. */
int32_t live_table(sqlite3 *db, const char *name, hf_ref list, const char *type_name,
                   const char *columns) {
  struct source *source = calloc(1, sizeof *source);
  if (!source)
    return SQLITE_NOMEM;
  source->list = list;
  if (!parse(source, hf_type_find(type_name), columns)) {
    free_source(source);
    return SQLITE_MISUSE;
  }
  return sqlite3_create_module_v2(db, name, &module, source, free_source);
}
