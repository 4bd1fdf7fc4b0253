/*
 * Tcl commands whose client data are Java objects, and a type of Tcl values that hold them: a
 * duplicate counts once more.
 */
#include "glue.h"
#include <stdlib.h>
#include <string.h>
#include <tcl.h>

GLUE Tcl_Interp *tcl_begin(const char *type_name);
GLUE void tcl_end(Tcl_Interp *interp);
GLUE int32_t tcl_command(Tcl_Interp *interp, const char *name, hf_ref object);
GLUE int32_t tcl_delete(Tcl_Interp *interp, const char *name);
GLUE const char *tcl_run(Tcl_Interp *interp, const char *script);
GLUE int32_t tcl_set(Tcl_Interp *interp, const char *name, hf_ref object);
GLUE int32_t tcl_duplicate(Tcl_Interp *interp, const char *from, const char *to);

static hf_field age;

static void free_value(Tcl_Obj *value) { glue_destroy_(value->internalRep.otherValuePtr); }

static void duplicate(Tcl_Obj *from, Tcl_Obj *to);

/* The text is for people, and leads back to no object. */
static void text(Tcl_Obj *value) {
  char *bytes = Tcl_Alloc(32);
  value->length = snprintf(bytes, 32, "java%p", value->internalRep.otherValuePtr);
  value->bytes = bytes;
}

static const Tcl_ObjType type = {"holdfast", free_value, duplicate, text, NULL};

static void duplicate(Tcl_Obj *from, Tcl_Obj *to) {
  to->internalRep.otherValuePtr = hf_retain(from->internalRep.otherValuePtr);
  to->typePtr = &type;
}

/* Takes over the count. */
static Tcl_Obj *new_value(hf_ref object) {
  Tcl_Obj *value = Tcl_NewObj();
  Tcl_InvalidateStringRep(value);
  value->internalRep.otherValuePtr = object;
  value->typePtr = &type;
  return value;
}

static int age_of(ClientData data, Tcl_Interp *interp, int n, Tcl_Obj *const *words) {
  (void)n, (void)words;
  Tcl_SetObjResult(interp, Tcl_NewIntObj(hf_get_i32(data, age)));
  return TCL_OK;
}

static int age_of_value(ClientData data, Tcl_Interp *interp, int n, Tcl_Obj *const *words) {
  (void)data;
  if (n != 2 || words[1]->typePtr != &type) {
    Tcl_SetResult(interp, "no Java object", TCL_STATIC);
    return TCL_ERROR;
  }
  return age_of(words[1]->internalRep.otherValuePtr, interp, 0, NULL);
}

Tcl_Interp *tcl_begin(const char *type_name) {
  age = hf_field_find(hf_type_find(type_name), "age");
  Tcl_FindExecutable(NULL);
  Tcl_Interp *interp = age ? Tcl_CreateInterp() : NULL;
  if (interp)
    Tcl_CreateObjCommand(interp, "age", age_of_value, NULL, NULL);
  return interp;
}

void tcl_end(Tcl_Interp *interp) { Tcl_DeleteInterp(interp); }

/* Takes over the count: the command is its object's age. */
int32_t tcl_command(Tcl_Interp *interp, const char *name, hf_ref object) {
  return Tcl_CreateObjCommand(interp, name, age_of, object, glue_destroy_) ? 0 : -1;
}

int32_t tcl_delete(Tcl_Interp *interp, const char *name) { return Tcl_DeleteCommand(interp, name); }

const char *tcl_run(Tcl_Interp *interp, const char *script) {
  Tcl_Eval(interp, script);
  return Tcl_GetStringResult(interp);
}

/* A variable whose value is the object; takes over the count. */
int32_t tcl_set(Tcl_Interp *interp, const char *name, hf_ref object) {
  Tcl_Obj *value = new_value(object);
  return Tcl_SetVar2Ex(interp, name, NULL, value, 0) ? 0 : -1;
}

int32_t tcl_duplicate(Tcl_Interp *interp, const char *from, const char *to) {
  Tcl_Obj *value = Tcl_GetVar2Ex(interp, from, NULL, 0);
  return value && Tcl_SetVar2Ex(interp, to, NULL, Tcl_DuplicateObj(value), 0) ? 0 : -1;
}
