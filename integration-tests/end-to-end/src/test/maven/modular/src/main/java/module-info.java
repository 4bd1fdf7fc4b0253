/** Somebody's program on the module path. */
module com.acme.modular {
  requires com.sun.jna;
  requires dev.holdfast;

  // callbacks that name objects are called by Holdfast, structures and direct mappings filled by JNA
  opens com.acme.modular to
      com.sun.jna,
      dev.holdfast;
}
