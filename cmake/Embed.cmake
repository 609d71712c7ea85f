# embed(TARGET FOLDER [PATTERN]): puts every file of FOLDER, or those that match, into TARGET as data and offers them
# through
#   namespace callscrub { std::span<const base::Embedded> embedded_<foldername>(); }
# declared in the generated header embedded/<foldername>.h. Files are sorted by name, so builds are repeatable.
set(EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake)
function(embed target folder)
    get_filename_component(name ${folder} NAME)
    set(pattern *)
    if(ARGC GREATER 2)
        set(pattern ${ARGV2})
    endif()
    file(GLOB files CONFIGURE_DEPENDS ${folder}/${pattern})
    set(dir ${CMAKE_CURRENT_BINARY_DIR}/embedded)
    add_custom_command(
        OUTPUT ${dir}/embedded/${name}.h ${dir}/${name}.cpp
        COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DFOLDER=${folder} -DPATTERN=${pattern} -DOUT=${dir} -P ${EMBED_SCRIPT}
        DEPENDS ${files} ${EMBED_SCRIPT}
        VERBATIM)
    target_sources(${target} PRIVATE ${dir}/${name}.cpp ${dir}/embedded/${name}.h)
    target_include_directories(${target} PUBLIC ${dir})
endfunction()
