/*
 * Lua values for Java objects: a full userdata holds a counted handle, which __gc gives back;
 * __index reads the mirror.
 */
#include "glue.h"
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdlib.h>

#define META "holdfast.object"

GLUE lua_State *lua_begin(const char *type_name);
GLUE void lua_end(lua_State *L);
GLUE const char *lua_run(lua_State *L, const char *script);
GLUE int64_t lua_answer(lua_State *L);
GLUE void lua_give(lua_State *L, const char *name, hf_ref object);
GLUE int32_t lua_tie(lua_State *L, const char *table, hf_ref owner);
GLUE int32_t lua_tied_age(lua_State *L, hf_ref owner, const char *name);
GLUE int32_t lua_collect(lua_State *L);

struct value {
  hf_ref ref;
  int counted; /* 0: an edge of the owner keeps it */
};

static hf_type type;

/* Takes over the count; nil for NULL. */
static int push(lua_State *L, hf_ref object) {
  if (!object) {
    lua_pushnil(L);
    return 1;
  }
  struct value *value = lua_newuserdatauv(L, sizeof *value, 0);
  *value = (struct value){object, 1};
  luaL_setmetatable(L, META);
  return 1;
}

static hf_ref check(lua_State *L, int i) {
  return ((struct value *)luaL_checkudata(L, i, META))->ref;
}

static int collect(lua_State *L) {
  struct value *value = luaL_checkudata(L, 1, META);
  if (value->counted)
    glue_destroy_(value->ref);
  value->counted = 0;
  return 0;
}

static int equal(lua_State *L) {
  lua_pushboolean(L, check(L, 1) == check(L, 2));
  return 1;
}

static int index_(lua_State *L) {
  hf_ref object = check(L, 1);
  const char *name = luaL_checkstring(L, 2);
  hf_field field = hf_field_find(type, name);
  if (!field)
    return luaL_error(L, "%s", hf_last_error());
  int32_t number;
  if (hf_load_i32(object, field, &number) == HF_OK) {
    lua_pushinteger(L, number);
    return 1;
  }
  char text[256];
  int64_t length = hf_field_utf8(object, field, text, sizeof text);
  if (length >= 0) {
    lua_pushlstring(L, text, (size_t)(length < 255 ? length : 255));
    return 1;
  }
  hf_ref value = hf_retain_field(object, field);
  if (!value && hf_last_status() != HF_OK)
    return luaL_error(L, "%s", hf_last_error());
  return push(L, value);
}

static const luaL_Reg methods[] = {
    {"__gc", collect}, {"__eq", equal}, {"__index", index_}, {NULL, NULL}};

lua_State *lua_begin(const char *type_name) {
  type = hf_type_find(type_name);
  lua_State *L = type ? luaL_newstate() : NULL;
  if (!L)
    return NULL;
  luaL_openlibs(L);
  luaL_newmetatable(L, META);
  luaL_setfuncs(L, methods, 0);
  lua_pop(L, 1);
  return L;
}

void lua_end(lua_State *L) { lua_close(L); }

/* NULL, or what is wrong. The answer is what the script returns. */
const char *lua_run(lua_State *L, const char *script) {
  lua_settop(L, 0);
  return luaL_dostring(L, script) == LUA_OK ? NULL : lua_tostring(L, -1);
}

int64_t lua_answer(lua_State *L) { return lua_tointeger(L, -1); }

/* A global variable that holds the object, with the count that comes with it. */
void lua_give(lua_State *L, const char *name, hf_ref object) {
  push(L, object);
  lua_setglobal(L, name);
}

/* ---- a cycle through both heaps ------------------------------------------------------------- */

/*
 * A Lua table that belongs to a Java object: the object has it as its peer, so that Lua keeps the
 * table for as long as the object lives; and what the table refers to is held by the object, by
 * an edge that the JVM's collector sees, instead of a count that it does not.
 */
struct tie {
  struct tie *next;
  int table;
};

static const char key;
static _Atomic(struct tie *) untied; /* pushed by the peers' thread, taken whole by Lua's */

/* Lua's tables are for Lua's thread: it is told. */
static void untie(void *data) {
  struct tie *tie = data;
  tie->next = atomic_load(&untied);
  while (!atomic_compare_exchange_weak(&untied, &tie->next, tie))
    ;
}

/* Ties the global `table` to the owner, and turns the counts of its objects into edges. */
int32_t lua_tie(lua_State *L, const char *table, hf_ref owner) {
  lua_settop(L, 0);
  lua_getglobal(L, table);
  lua_pushnil(L);
  while (lua_next(L, 1)) {
    struct value *value = luaL_testudata(L, -1, META);
    if (value && value->counted) {
      hf_status status = hf_hold(owner, value->ref);
      if (status != HF_OK)
        return status;
      glue_destroy_(value->ref);
      value->counted = 0;
    }
    lua_pop(L, 1);
  }
  struct tie *tie = malloc(sizeof *tie);
  if (!tie)
    return HF_ENOMEM;
  tie->table = luaL_ref(L, LUA_REGISTRYINDEX);
  lua_pushnil(L);
  lua_setglobal(L, table);
  return hf_peer_set(owner, &key, tie, untie);
}

/* A field of an object in the table that is tied to the owner, which Lua finds by it. */
int32_t lua_tied_age(lua_State *L, hf_ref owner, const char *name) {
  struct tie *tie = hf_peer_get(owner, &key);
  lua_settop(L, 0);
  lua_rawgeti(L, LUA_REGISTRYINDEX, tie->table);
  lua_getfield(L, -1, name);
  lua_getfield(L, -1, "age");
  return (int32_t)lua_tointeger(L, -1);
}

/* Forgets the tables whose owners have died, and answers with how many these were. */
int32_t lua_collect(lua_State *L) {
  int32_t n = 0;
  for (struct tie *tie = atomic_exchange(&untied, NULL); tie; n++) {
    struct tie *next = tie->next;
    luaL_unref(L, LUA_REGISTRYINDEX, tie->table);
    free(tie);
    tie = next;
  }
  lua_gc(L, LUA_GCCOLLECT);
  return n;
}
