# cmake --install and the Debian package (cpack -G DEB). Man pages and completions come from the program itself, from
# its one table of options.
include(GNUInstallDirs)
set(pages ${CMAKE_CURRENT_BINARY_DIR}/pages)
set(man_pages callscrub.1 callscrub-profile.5 callscrub-rules.5 callscrub-formats.5)
foreach(command run explain check tidy rules presets init diff verify part merge)
    list(APPEND man_pages callscrub-${command}.1)
endforeach()
set(outputs "")
foreach(page ${man_pages})
    add_custom_command(OUTPUT ${pages}/${page}.gz
        COMMAND ${CMAKE_COMMAND} -E make_directory ${pages}
        COMMAND sh -c "$<TARGET_FILE:callscrub> --generate man:${page} > ${pages}/${page} && gzip -9nf ${pages}/${page}"
        DEPENDS callscrub VERBATIM)
    list(APPEND outputs ${pages}/${page}.gz)
endforeach()
foreach(pair bash:callscrub zsh:_callscrub fish:callscrub.fish)
    string(REPLACE ":" ";" pair ${pair})
    list(GET pair 0 shell)
    list(GET pair 1 name)
    add_custom_command(OUTPUT ${pages}/${shell}/${name}
        COMMAND ${CMAKE_COMMAND} -E make_directory ${pages}/${shell}
        COMMAND sh -c "$<TARGET_FILE:callscrub> --generate ${shell} > ${pages}/${shell}/${name}"
        DEPENDS callscrub VERBATIM)
    list(APPEND outputs ${pages}/${shell}/${name})
endforeach()
add_custom_target(pages ALL DEPENDS ${outputs})

install(TARGETS callscrub RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
foreach(page ${man_pages})
    string(REGEX REPLACE ".*\\.([0-9])$" "\\1" section ${page})
    install(FILES ${pages}/${page}.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
endforeach()
install(FILES ${pages}/bash/callscrub DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${pages}/zsh/_callscrub DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${pages}/fish/callscrub.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES LICENSE README.md docs/CHANGELOG.md docs/OPERATIONS.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
# Nothing is started before somebody enables the timer. lib, not the machine's own libdir: systemd looks there.
install(FILES docs/systemd/callscrub.service docs/systemd/callscrub.timer DESTINATION lib/systemd/system)
install(FILES docs/systemd/callscrub.conf DESTINATION lib/sysusers.d)
install(DIRECTORY sample-data/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/sample-data)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME callscrub)
set(CPACK_PACKAGE_CONTACT "callscrub maintainers <maintainers@callscrub.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "tzdata")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/cmake/debian/postinst ${PROJECT_SOURCE_DIR}/cmake/debian/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
